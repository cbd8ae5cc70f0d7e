import { invariant } from '../../base/problems/index.ts'
import type { HubModel } from './model.ts'

/**
 * The tree of limits laid out for speed. Nodes are numbered so that everything below a node follows it directly; places
 * are numbered ("slots") the same way, so that the places below a node are one range.
 */
export interface Network {
  readonly nodes: number
  readonly slots: number
  readonly parent: Int32Array
  /** First node after those below. */
  readonly nodeEnd: Int32Array
  readonly firstSlot: Int32Array
  readonly slotEnd: Int32Array
  readonly capacity_kW: Float64Array
  readonly nodeOfSlot: Int32Array
  readonly rating_kW: Float64Array
  readonly slotOfPlace: Int32Array
  readonly placeOfSlot: Int32Array
  /** Number in the model of each node here. */
  readonly modelNode: Int32Array
}

function checkModel(model: HubModel): void {
  invariant(model.nodes.length > 0, 'a hub has a grid connection')
  for (const [at, node] of model.nodes.entries()) {
    invariant(at === 0 ? node.parent === -1 : node.parent >= 0 && node.parent < at, `node ${node.id}: parent first`)
    invariant(node.capacity_kW >= 0, `node ${node.id}: capacity ${node.capacity_kW}`)
  }
  for (const place of model.places) {
    invariant(model.nodes[place.node] !== undefined, `place ${place.id}: node ${place.node}`)
  }
}

/** Model numbers of the nodes, each directly followed by all below it. */
function depthFirst(model: HubModel): number[] {
  const children: number[][] = model.nodes.map(() => [])
  for (const [at, node] of model.nodes.entries()) children[node.parent]?.push(at)
  const order: number[] = []
  const visit = (at: number): void => {
    order.push(at)
    for (const child of children[at] ?? []) visit(child)
  }
  visit(0)
  return order
}

/** Layouts by model: a hub that is run many times is laid out once. */
const known = new WeakMap<HubModel, Network>()

/** Lays out a model; nobody writes into a layout. A model that contradicts itself is a bug of whoever compiled it. */
export function layOut(model: HubModel): Network {
  const laid = known.get(model) ?? layOutAnew(model)
  known.set(model, laid)
  return laid
}

function layOutAnew(model: HubModel): Network {
  checkModel(model)
  const order = depthFirst(model)
  const number = new Map(order.map((at, node) => [at, node]))
  const nodeOf = (at: number): number => number.get(at) ?? -1
  const places = model.places.map((place, at) => ({ at, node: nodeOf(place.node), rating_kW: place.rating_kW }))
  places.sort((a, b) => a.node - b.node || a.at - b.at)
  const parent = Int32Array.from(order, (at) => nodeOf(model.nodes[at]?.parent ?? -1))
  const nodeEnd = subtreeEnds(parent)
  const nodeOfSlot = Int32Array.from(places, (place) => place.node)
  const slotOfPlace = new Int32Array(places.length)
  for (const [slot, place] of places.entries()) slotOfPlace[place.at] = slot
  const slotsBefore = (node: number): number => places.filter((place) => place.node < node).length
  return {
    nodes: order.length,
    slots: places.length,
    parent,
    nodeEnd,
    firstSlot: Int32Array.from(order, (_, node) => slotsBefore(node)),
    slotEnd: nodeEnd.map(slotsBefore),
    capacity_kW: Float64Array.from(order, (at) => model.nodes[at]?.capacity_kW ?? 0),
    nodeOfSlot,
    rating_kW: Float64Array.from(places, (place) => place.rating_kW),
    slotOfPlace,
    placeOfSlot: Int32Array.from(places, (place) => place.at),
    modelNode: Int32Array.from(order),
  }
}

function subtreeEnds(parent: Int32Array): Int32Array {
  const ends = Int32Array.from(parent, (_, node) => node + 1)
  for (let node = parent.length - 1; node > 0; node--) {
    const above = parent[node] as number
    ends[above] = Math.max(ends[above] as number, ends[node] as number)
  }
  return ends
}
