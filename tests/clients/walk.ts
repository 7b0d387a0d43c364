/**
 * From register to a verified review, with openapi-fetch and the types that openapi-typescript makes.
 *
 * A test copies this beside the types; nothing here is cast but the picture, which the types take for text.
 */
import { readFileSync } from "node:fs";

import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./marketplace.ts";

type Api = Client<paths>;
type Order = components["schemas"]["Order"];
type ProductDetail = components["schemas"]["ProductDetail"];

const [url = "", picture = ""] = process.argv.slice(2);
const PASSWORD = "correct-horse-battery";
const DEMO_PASSWORD = "demo-password-1";
const guest: Api = createClient<paths>({ baseUrl: url });

/** The answer of a call, which must have gone well. */
function expect<T>(call: { data?: T; error?: unknown }): T {
  if (call.data === undefined) throw new Error(JSON.stringify(call.error));
  return call.data;
}

function same<T>(found: T, wanted: T): void {
  if (found !== wanted) throw new Error(`${String(found)} instead of ${String(wanted)}`);
}

async function signIn(username: string, password: string): Promise<Api> {
  const tokens = expect(await guest.POST("/api/auth/token", { body: { username, password } }));
  return createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${tokens.access}` } });
}

async function register(role: "buyer" | "seller"): Promise<Api> {
  const username = `${role}-${crypto.randomUUID().slice(0, 10)}`;
  const body = { username, email: `${username}@example.org`, password: PASSWORD, role };
  expect(await guest.POST("/api/auth/register", { body }));
  const api = await signIn(username, PASSWORD);
  same(expect(await api.GET("/api/auth/me")).username, username);
  return api;
}

/** As multipart/form-data. */
function form(body: object): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(body)) data.set(name, value instanceof Blob ? value : String(value));
  return data;
}

/** A product, and another that comes with a picture. */
async function offer(seller: Api): Promise<[ProductDetail, ProductDetail]> {
  const [category] = expect(await seller.GET("/api/marketplace/categories"));
  if (category === undefined) throw new Error("there are no categories");
  const common = { description: "For what is not answered yet.", price: "25.00", category: category.id };
  const plain = { ...common, name: "Walnut desk organiser", stock_quantity: 3 };
  const main_image = new Blob([readFileSync(picture)], { type: "image/png" }) as unknown as string;
  const shown = { ...common, name: "Oak letter tray", stock_quantity: 3, main_image };
  return [
    expect(await seller.POST("/api/marketplace/products", { body: plain })),
    expect(await seller.POST("/api/marketplace/products", { body: shown, bodySerializer: form })),
  ];
}

/** Two of the first and one of the second. */
async function buy(buyer: Api, [first, second]: [ProductDetail, ProductDetail]): Promise<Order> {
  const path = "/api/marketplace/cart/add_item";
  expect(await buyer.POST(path, { body: { product_id: first.id, quantity: 2 } }));
  expect(await buyer.POST(path, { body: { product_id: second.id } }));
  const { error } = await buyer.POST(path, { body: { product_id: first.id, quantity: 2 } });
  if (error?.code !== "INSUFFICIENT_STOCK") throw new Error(`there is too little, but: ${JSON.stringify(error)}`);
  same(error.current_in_cart, 2);
  same(expect(await buyer.GET("/api/marketplace/cart")).total_items, 3);
  const shipping_address: components["schemas"]["AddressInput"] = {
    street: "Rua do Carmo 12",
    city: "Porto",
    state: "Porto",
    postal_code: "4050-164",
    country: "PT",
  };
  const header = { "Idempotency-Key": crypto.randomUUID() };
  return expect(await buyer.POST("/api/marketplace/cart/checkout", { params: { header }, body: { shipping_address } }));
}

/** The way of an order, each step by whoever may make it. */
async function deliver(order: Order, buyer: Api, seller: Api, admin: Api): Promise<Order> {
  const params = { path: { id: order.id } };
  const paid = { params, body: { status: "payment_confirmed" } } as const;
  same((await buyer.PATCH("/api/marketplace/orders/{id}/update_status", paid)).error?.code, "FORBIDDEN");
  expect(await admin.PATCH("/api/marketplace/orders/{id}/update_status", paid));
  const processed = expect(await seller.PATCH("/api/marketplace/orders/{id}/process_order", { params }));
  same(processed.order.status, "awaiting_shipment");
  const tracking = { params, body: { tracking_number: "CT123", shipping_carrier: "Correio" } };
  const sent = expect(await seller.PATCH("/api/marketplace/orders/{id}/update_tracking", tracking));
  same(sent.order.status, "shipped");
  const told = expect(await buyer.GET("/api/marketplace/orders/{id}/tracking_info", { params }));
  same(told.tracking_information[0]?.tracking_number, "CT123");
  const arrived = { params, body: { status: "delivered" } } as const;
  expect(await buyer.PATCH("/api/marketplace/orders/{id}/update_order_status", arrived));
  return expect(await buyer.GET("/api/marketplace/orders/{id}", { params }));
}

const [buyer, seller] = [await register("buyer"), await register("seller")];
const products = await offer(seller);
const query = { search: "oak letter", ordering: ["-created_at" as const], page_size: 5 };
const found = expect(await guest.GET("/api/marketplace/products", { params: { query } }));
same(found[0]?.id, products[1].id);
const of = (product: ProductDetail) => ({ params: { path: { slug: product.slug } } });
const images = expect(await guest.GET("/api/marketplace/products/{slug}/images", of(products[1])));
const order = await deliver(await buy(buyer, products), buyer, seller, await signIn("admin", DEMO_PASSWORD));
const opinion = { ...of(products[0]), body: { rating: 5, title: "Tidy at last" } };
const review = expect(await buyer.POST("/api/marketplace/products/{slug}/reviews", opinion));
console.log(
  JSON.stringify({
    status: order.status,
    paid: order.payment_status,
    total: order.total_amount,
    pictures: images.total_images,
    verified: review.is_verified_purchase,
  }),
);
