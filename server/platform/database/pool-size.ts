/** Most connections of one process to the database. */
export const POOL_MAX = 20;
