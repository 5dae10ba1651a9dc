/** The name that a gateway gave to what it took: its receipts bear it, and may come to another process. */
export const deliveryReferences = [
  `alter table deliveries add column reference text`,
  `create index deliveries_by_reference on deliveries (gateway, reference) where reference is not null`,
];
