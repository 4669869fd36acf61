/** A request names its pictures; those of before had none. A row that cannot be read stays as it is. */
export const pictures = `
UPDATE jobs SET request = json_set(request,
    '$.pictures', json('[]'), '$.fitAspectTo', json('[]'), '$.takesHeic', json('false'))
  WHERE json_valid(request) AND json_type(request) = 'object'
    AND json_type(request, '$.pictures') IS NULL;
`;
