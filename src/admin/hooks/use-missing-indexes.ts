import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type MissingIndexesResponse } from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"

const PATH = "/admin/privacy-data-map/indexes"

const BUILDING_INTERVAL = 2_000

/** Indexes the database lacks; follows those that are being created. */
export const useMissingIndexes = () => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.missingIndexes(),
    queryFn: () => sdk.client.fetch<MissingIndexesResponse>(PATH),
    refetchInterval: ({ state }) =>
      state.data?.indexes.some(({ status }) => status === "building")
        ? BUILDING_INTERVAL
        : false,
  })

  return { ...query, indexes: data?.indexes }
}

/** Has indexes created in the background. */
export const useCreateIndexes = () => {
  const queryClient = useQueryClient()
  const queryKey = privacyQueryKeys.missingIndexes()

  return useMutation({
    mutationFn: (names: string[]) =>
      sdk.client.fetch<MissingIndexesResponse>(PATH, {
        method: "POST",
        body: { names },
      }),
    onSuccess: async (data) => {
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, data)
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
}
