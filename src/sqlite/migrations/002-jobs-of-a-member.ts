/** A member's own list, in the order it is read: what waits for them, then the newest. */
export const jobsOfAMember = `
CREATE INDEX jobs_member
  ON jobs (user_id, (state = 'undelivered') DESC, asked_at DESC, id DESC);
`;
