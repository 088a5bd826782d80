import { Container, Skeleton } from "@medusajs/ui"

export const TableSkeleton = () => (
  <Container className="divide-y p-0" aria-busy="true">
    <div className="flex items-center justify-between px-6 py-4">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-7 w-60" />
    </div>
    {[0, 1, 2, 3, 4, 5].map((row) => (
      <div key={row} className="px-6 py-3.5">
        <Skeleton className="h-5 w-full" />
      </div>
    ))}
  </Container>
)
