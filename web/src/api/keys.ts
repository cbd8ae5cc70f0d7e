/** Key of the hub's state in the cache of queries: the stream puts it there. */
export const HUB_KEY = ['hub'] as const
/** Key of who is signed in. */
export const ME_KEY = ['me'] as const
