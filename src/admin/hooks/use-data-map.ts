import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type DataMapResponse, type ErasureMethod } from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"

/** What a method, with or without a profile, does to every field. */
export const useDataMap = (method: ErasureMethod, profileId?: string) => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.dataMap(method, profileId),
    queryFn: () =>
      sdk.client.fetch<DataMapResponse>("/admin/privacy-data-map", {
        query: { method, ...(profileId ? { profile_id: profileId } : {}) },
      }),
    placeholderData: keepPreviousData,
  })

  return { ...query, dataMap: data?.data_map }
}
