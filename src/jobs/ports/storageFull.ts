/** No room, or a disk that fails: nothing new is paid for, and what is paid keeps its operation. */
export class StorageFull extends Error {
  constructor(how: string) {
    super(`storage: ${how}`);
    this.name = 'StorageFull';
  }
}

/** As above, but what was asked for is on disk already and goes on by itself once there is room. */
export class StorageFullLater extends StorageFull {
  constructor(cause: StorageFull) {
    super(cause.message.replace(/^storage: /, ''));
    this.name = 'StorageFullLater';
  }
}
