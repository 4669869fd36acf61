/** A failed one may name what would make the same in place of a retired model; those of before name none. */
export const successors = `
UPDATE jobs SET own = json_set(own, '$.successor', NULL) WHERE state = 'failed' AND json_valid(own);
`;
