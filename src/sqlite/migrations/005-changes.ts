/** A request says what it is made of and what the model makes of it; those of before were made anew. */
export const changes = `
UPDATE jobs SET request = json_set(request,
    '$.basis', NULL, '$.draft', NULL,
    '$.can', json('{"edit":null,"extend":null,"upscale":null}'))
  WHERE json_valid(request) AND json_type(request) = 'object'
    AND json_type(request, '$.can') IS NULL;
`;
