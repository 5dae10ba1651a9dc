/** One account of a person on this device. The keys lie beside it, and can be used but not read. */
export interface Account {
  /** how the server calls this device */
  readonly device: string;
  /** origin of the server that knows it */
  readonly issuer: string;
  readonly user: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly organisation: { readonly ja: string; readonly en: string };
  /** how the person calls this device */
  readonly deviceName: string;
  readonly addedAt: number;
  readonly key: CryptoKey;
  readonly codes: CryptoKey;
  readonly digits: number;
  readonly period: number;
  /** the server's clock less ours, in ms */
  readonly ahead: number;
  /** the server said that it knows this device no more */
  readonly removedThere: boolean;
}

/** What this browser keeps of the app (IndexedDB). */
export interface Keep {
  all(): Promise<readonly Account[]>;
  put(account: Account): Promise<void>;
  /** Changes what is there; nothing when it was removed meanwhile. */
  change(device: string, to: Partial<Account>): Promise<void>;
  remove(device: string): Promise<void>;
  /** the language that the person chose here */
  language(): Promise<string | undefined>;
  speak(language: string): Promise<void>;
}

export async function openKeep(): Promise<Keep> {
  const opening = indexedDB.open('genkan-authenticator', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('accounts', { keyPath: 'device' });
    opening.result.createObjectStore('choices');
  };
  const database = await done(opening);
  // A newer version of the app in another tab may have to change the shape.
  database.onversionchange = () => database.close();
  const store = (name: 'accounts' | 'choices', mode: IDBTransactionMode): IDBObjectStore =>
    database.transaction(name, mode).objectStore(name);
  const accounts = (mode: IDBTransactionMode) => store('accounts', mode);
  return {
    async all() {
      const found: Account[] = await done(accounts('readonly').getAll());
      return found.sort((a, b) => a.addedAt - b.addedAt);
    },
    async put(account) {
      await written(accounts('readwrite'), store => store.put(account));
    },
    async change(device, to) {
      await written(accounts('readwrite'), async store => {
        const found: Account | undefined = await done(store.get(device));
        if (found) store.put({ ...found, ...to });
      });
    },
    async remove(device) {
      await written(accounts('readwrite'), store => store.delete(device));
    },
    language: () => done(store('choices', 'readonly').get('language')),
    async speak(language) {
      await written(store('choices', 'readwrite'), store => store.put(language, 'language'));
    },
  };
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Until it is on the disk, as far as the browser says so. */
async function written(store: IDBObjectStore, write: (store: IDBObjectStore) => unknown): Promise<void> {
  const { transaction } = store;
  const complete = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  await write(store);
  await complete;
}
