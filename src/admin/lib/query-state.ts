/** How the reading of something stands, for what is shown meanwhile. */
export interface QueryState {
  error: unknown
  /** Read for the first time. */
  isLoading: boolean
  isFetching: boolean
  refetch: () => unknown
}
