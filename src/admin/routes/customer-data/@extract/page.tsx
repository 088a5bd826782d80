import { ExtractWindow } from "../../../components/extract-window/extract-window"

const ExtractCustomersRoute = () => <ExtractWindow />

export default ExtractCustomersRoute
