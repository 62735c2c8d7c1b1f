/** The network as a parameter: the global `fetch` in a Worker, a handler function in tests. */
export type Fetch = (request: Request) => Promise<Response>;
