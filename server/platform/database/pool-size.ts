/** Most connections of one process to the database. */
export const POOL_MAX = 20;
/** The same for test mode, which few use at a time. */
export const TEST_POOL_MAX = 6;
