import { EraseWindow } from "../../../components/erase-window/erase-window"

const EraseCustomersRoute = () => <EraseWindow />

export default EraseCustomersRoute
