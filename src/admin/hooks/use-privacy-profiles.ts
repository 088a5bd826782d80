import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { sdk } from "../lib/client"
import {
  type PrivacyProfileBody,
  type PrivacyProfileListResponse,
  type PrivacyProfileResponse,
} from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"

interface ProfileListQuery {
  limit: number
  offset?: number
}

export const usePrivacyProfiles = (listQuery: ProfileListQuery) => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.profileList(listQuery),
    queryFn: () =>
      sdk.client.fetch<PrivacyProfileListResponse>("/admin/privacy-profiles", {
        query: { ...listQuery },
      }),
    placeholderData: keepPreviousData,
  })

  return { ...query, profiles: data?.privacy_profiles, count: data?.count }
}

/** One profile; without an id there is nothing to read. */
export const usePrivacyProfile = (id = "") => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.profile(id),
    enabled: Boolean(id),
    queryFn: () =>
      sdk.client.fetch<PrivacyProfileResponse>(`/admin/privacy-profiles/${id}`),
    // A form must start from the version that is current now.
    staleTime: 0,
    gcTime: 0,
  })

  return { ...query, profile: data?.privacy_profile }
}

/** A profile changes what the data map says, so both are read again. */
const useRefreshProfiles = () => {
  const queryClient = useQueryClient()

  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.profiles() }),
      queryClient.invalidateQueries({ queryKey: privacyQueryKeys.dataMaps() }),
    ])
}

/** Creates a profile, or a new version of the one with the given id. */
export const useSavePrivacyProfile = (id?: string) => {
  const refresh = useRefreshProfiles()

  return useMutation({
    mutationFn: (body: PrivacyProfileBody) =>
      sdk.client.fetch<PrivacyProfileResponse>(
        id ? `/admin/privacy-profiles/${id}` : "/admin/privacy-profiles",
        { method: "POST", body }
      ),
    onSuccess: refresh,
  })
}

export const useDeletePrivacyProfile = (id: string) => {
  const refresh = useRefreshProfiles()

  return useMutation({
    mutationFn: () =>
      sdk.client.fetch(`/admin/privacy-profiles/${id}`, { method: "DELETE" }),
    onSuccess: refresh,
  })
}
