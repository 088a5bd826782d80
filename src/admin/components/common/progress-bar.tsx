import { clx } from "@medusajs/ui"

interface ProgressBarProps {
  label: string
  done: number
  total: number
  /** The value in words, where a bare number says too little. */
  valueText?: string
  /** False while nobody works on it: then the bar stands still. */
  isRunning?: boolean
}

/** One subject is either done or not: there is no half way to show, so the bar only breathes. */
export const ProgressBar = ({
  label,
  done,
  total,
  valueText,
  isRunning = true,
}: ProgressBarProps) => {
  const isMeasurable = !isRunning || total > 1

  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={isMeasurable ? total : undefined}
      aria-valuenow={isMeasurable ? done : undefined}
      aria-valuetext={isMeasurable ? valueText : undefined}
      className="bg-ui-bg-component shadow-borders-base h-1.5 w-full overflow-hidden rounded-full"
    >
      <div
        className={clx("bg-ui-bg-interactive h-full rounded-full", {
          "w-full animate-pulse": !isMeasurable,
          "transition-all": isMeasurable,
        })}
        style={
          isMeasurable
            ? { width: `${total ? (done / total) * 100 : 0}%` }
            : undefined
        }
      />
    </div>
  )
}
