/** Who pressed Cancel, where the service is still to be asked: till now it counted as the requester. */
export const whoCancelled = `
UPDATE jobs SET own = json_set(own, '$.cancelledBy', 'by requester')
  WHERE state = 'cancelling' AND json_valid(own);
UPDATE jobs SET own = json_set(own, '$.cancelAsked', 'by requester')
  WHERE state = 'submitting' AND json_valid(own) AND json_extract(own, '$.cancelAsked') = 1;
`;
