/** One line of a chart: points from left to right. */
export interface Curve {
  readonly label: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** Lines over one axis, with levels they are held to. Up to five lines stay apart. */
export interface CurveChart {
  /** Id of the chart on its page. */
  readonly id: string
  readonly title: string
  /** What is seen, in words. */
  readonly description: string
  readonly xLabel: string
  readonly yLabel: string
  readonly curves: readonly Curve[]
  readonly levels: readonly { readonly value: number; readonly label: string }[]
  /** Closed table of the values: heads, then rows already written in the language of the page. */
  readonly table: {
    readonly summary: string
    readonly heads: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
}

/** A part of a page: rows of a table, a chart, lines of a list; what is left out is not there. */
export interface CurveSection {
  readonly id: string
  readonly heading: string
  readonly rows?: readonly (readonly string[])[]
  readonly chart?: CurveChart
  readonly list?: readonly string[]
}

/** A page about one thing. All texts are written in its language already. */
export interface CurvePage {
  readonly kicker: string
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly sections: readonly CurveSection[]
  readonly engineVersion: string
}
