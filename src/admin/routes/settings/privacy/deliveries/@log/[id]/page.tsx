import { useParams } from "react-router-dom"
import { DeliveryDrawer } from "../../../../../../components/deliveries/delivery-drawer"

const PrivacyDeliveryRoute = () => {
  const { id } = useParams()

  return id ? <DeliveryDrawer key={id} id={id} /> : null
}

export default PrivacyDeliveryRoute
