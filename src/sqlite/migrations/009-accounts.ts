/** Jobs by when they were asked for, whatever their state: read page by page for sums and exports. */
export const accounts = `
CREATE INDEX jobs_asked ON jobs (asked_at, id);
CREATE INDEX jobs_asked_server ON jobs (guild_id, asked_at, id) WHERE guild_id IS NOT NULL;
`;
