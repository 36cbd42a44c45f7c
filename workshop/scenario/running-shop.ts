/** A running copy of the app, whoever started it: where its processes answer, and the database that they share. */
export type RunningShop = { readonly urls: ShopUrls; readonly databaseUrl: string };

/** The addresses of the app's processes by their names in the Procfile. */
export type ShopUrls = {
  readonly shop: string;
  readonly warehouse: string;
  readonly payments: string;
  readonly [process: string]: string;
};

/** Takes the addresses that a scenario needs out of those that the runner knows. */
export function shopUrls(urls: Readonly<Record<string, string>>): ShopUrls {
  const { shop, warehouse, payments } = urls;
  if (shop === undefined || warehouse === undefined || payments === undefined) {
    throw new Error(
      `The Procfile names ${Object.keys(urls).join(', ')}; the shop, the warehouse and payments are needed.`,
    );
  }
  return { ...urls, shop, warehouse, payments };
}
