// The package points its types at a JavaScript file; described.ts names what it uses of it.
declare module 'discord-api-spec/zod';
