/** A video may be posted as a smaller copy of itself; those of before were posted as they were, or not. */
export const smaller = `
UPDATE jobs SET own = json_set(own, '$.smaller', NULL)
  WHERE state IN ('delivering', 'delivered') AND json_valid(own);
UPDATE jobs SET own = json_set(own, '$.ways', json('{"smallerBytes":null,"link":false}'))
  WHERE state = 'undelivered' AND json_valid(own);
`;
