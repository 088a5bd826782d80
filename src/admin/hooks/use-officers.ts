import { useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { privacyQueryKeys } from "../lib/query-keys"

/** The officer who is looking. */
export const useMe = () => {
  const { data } = useQuery({
    queryKey: privacyQueryKeys.me(),
    queryFn: () => sdk.admin.user.me(),
  })

  return data?.user
}

/** Admin users, as far as this one may see them: for choosing a requester. */
export const useOfficers = () => {
  const { data } = useQuery({
    queryKey: privacyQueryKeys.officers(),
    queryFn: () =>
      sdk.admin.user.list({ limit: 200, fields: "id,email", order: "email" }),
    retry: false,
  })

  return data?.users
}
