# Generated from spec/cart.yaml by `agora build`; do not edit.
"""What the operations of Cart take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from runtime.fieldtypes import Bounds
from runtime.inputs import InputField, InputType, Nested

if TYPE_CHECKING:
    from generated.models.cart_item import CartItem


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoedStatus:
    """The object EchoedStatus."""

    detail: Literal["Noted for now; it is not stored."] = "Noted for now; it is not stored."
    item: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedItem:
    """The object CheckedItem."""

    item_id: int
    product_id: UUID
    product_name: str
    requested_quantity: int
    available_stock: int
    is_valid: bool
    issues: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CartCheck:
    """The object CartCheck."""

    cart_valid: bool
    total_items: int
    valid_items: int
    invalid_items: int
    items: list[CheckedItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem201:
    """201 of cart.add_item."""

    success: Literal[True] = True
    item: CartItem
    message: Literal["Added to the cart."] = "Added to the cart."
    was_created: Literal[True] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem200:
    """200 of cart.add_item."""

    success: Literal[True] = True
    item: CartItem
    message: Literal["There is more of it in the cart now."] = "There is more of it in the cart now."
    was_created: Literal[False] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateItem200:
    """200 of cart.update_item."""

    success: Literal[True] = True
    item: CartItem | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveItem200:
    """200 of cart.remove_item."""

    success: Literal[True] = True
    message: Literal["Taken out of the cart."] = "Taken out of the cart."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear200:
    """200 of cart.clear."""

    success: Literal[True] = True
    message: Literal["The cart is empty."] = "The cart is empty."
    removed_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItemInput:
    """The body of cart.add_item."""

    product_id: UUID
    quantity: int = 1


ADD_ITEM = InputType(
    name="cart.add_item",
    make=AddItemInput,
    fields=(
        InputField(name="product_id", type="uuid", required=True),
        InputField(name="quantity", type="integer", limits=Bounds(min=1, max=10000)),
    ),
    schema={
        "type": "object",
        "properties": {
            "product_id": {"type": "string", "format": "uuid", "examples": ["4f818a10-3a62-44b6-95ce-bdfc48692127"]},
            "quantity": {
                "type": "integer",
                "format": "int32",
                "minimum": 1,
                "maximum": 10000,
                "default": 1,
                "examples": [1],
            },
        },
        "required": ["product_id"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateItemInput:
    """The body of cart.update_item."""

    item_id: int
    quantity: int


UPDATE_ITEM = InputType(
    name="cart.update_item",
    make=UpdateItemInput,
    fields=(
        InputField(name="item_id", type="integer", limits=Bounds(min=1), required=True),
        InputField(name="quantity", type="integer", limits=Bounds(min=-2147483648, max=10000), required=True),
    ),
    schema={
        "type": "object",
        "properties": {
            "item_id": {
                "type": "integer",
                "format": "int64",
                "minimum": 1,
                "maximum": 9223372036854775807,
                "examples": [1],
            },
            "quantity": {
                "type": "integer",
                "format": "int32",
                "minimum": -2147483648,
                "maximum": 10000,
                "examples": [2],
            },
        },
        "required": ["item_id", "quantity"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveItemInput:
    """The body of cart.remove_item."""

    item_id: int


REMOVE_ITEM = InputType(
    name="cart.remove_item",
    make=RemoveItemInput,
    fields=(InputField(name="item_id", type="integer", limits=Bounds(min=1), required=True),),
    schema={
        "type": "object",
        "properties": {
            "item_id": {
                "type": "integer",
                "format": "int64",
                "minimum": 1,
                "maximum": 9223372036854775807,
                "examples": [1],
            }
        },
        "required": ["item_id"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateItemStatusInput:
    """The body of cart.update_item_status."""

    item_id: int
    status: str


UPDATE_ITEM_STATUS = InputType(
    name="cart.update_item_status",
    make=UpdateItemStatusInput,
    fields=(
        InputField(name="item_id", type="integer", limits=Bounds(min=1), required=True),
        InputField(name="status", type="string", limits=Bounds(min_length=1, max_length=50), required=True),
    ),
    schema={
        "type": "object",
        "properties": {
            "item_id": {
                "type": "integer",
                "format": "int64",
                "minimum": 1,
                "maximum": 9223372036854775807,
                "examples": [1],
            },
            "status": {
                "type": "string",
                "minLength": 1,
                "maxLength": 50,
                "pattern": "^[^\\x00]*$",
                "examples": ["saved for later"],
            },
        },
        "required": ["item_id", "status"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutInput:
    """The body of cart.checkout."""

    shipping_address: dict[str, Any]
    buyer_notes: str = ""


CHECKOUT = InputType(
    name="cart.checkout",
    make=CheckoutInput,
    fields=(
        InputField(
            name="shipping_address",
            type="object",
            required=True,
            nested=Nested(
                members=(
                    InputField(name="name", type="string", limits=Bounds(max_length=200, trim=True)),
                    InputField(
                        name="street",
                        type="string",
                        limits=Bounds(min_length=1, max_length=200, trim=True),
                        required=True,
                    ),
                    InputField(
                        name="city",
                        type="string",
                        limits=Bounds(min_length=1, max_length=100, trim=True),
                        required=True,
                    ),
                    InputField(name="state", type="string", limits=Bounds(max_length=100, trim=True), required=True),
                    InputField(
                        name="postal_code",
                        type="string",
                        limits=Bounds(min_length=1, max_length=20, trim=True),
                        required=True,
                    ),
                    InputField(
                        name="country",
                        type="enum",
                        limits=Bounds(
                            values=(
                                "AF",
                                "AX",
                                "AL",
                                "DZ",
                                "AS",
                                "AD",
                                "AO",
                                "AI",
                                "AQ",
                                "AG",
                                "AR",
                                "AM",
                                "AW",
                                "AU",
                                "AT",
                                "AZ",
                                "BS",
                                "BH",
                                "BD",
                                "BB",
                                "BY",
                                "BE",
                                "BZ",
                                "BJ",
                                "BM",
                                "BT",
                                "BO",
                                "BQ",
                                "BA",
                                "BW",
                                "BV",
                                "BR",
                                "IO",
                                "BN",
                                "BG",
                                "BF",
                                "BI",
                                "KH",
                                "CM",
                                "CA",
                                "CV",
                                "KY",
                                "CF",
                                "TD",
                                "CL",
                                "CN",
                                "CX",
                                "CC",
                                "CO",
                                "KM",
                                "CD",
                                "CG",
                                "CK",
                                "CR",
                                "CI",
                                "HR",
                                "CU",
                                "CW",
                                "CY",
                                "CZ",
                                "DK",
                                "DJ",
                                "DM",
                                "DO",
                                "EC",
                                "EG",
                                "SV",
                                "GQ",
                                "ER",
                                "EE",
                                "SZ",
                                "ET",
                                "FK",
                                "FO",
                                "FJ",
                                "FI",
                                "FR",
                                "GF",
                                "PF",
                                "TF",
                                "GA",
                                "GM",
                                "GE",
                                "DE",
                                "GH",
                                "GI",
                                "GR",
                                "GL",
                                "GD",
                                "GP",
                                "GU",
                                "GT",
                                "GG",
                                "GN",
                                "GW",
                                "GY",
                                "HT",
                                "HM",
                                "VA",
                                "HN",
                                "HK",
                                "HU",
                                "IS",
                                "IN",
                                "ID",
                                "IR",
                                "IQ",
                                "IE",
                                "IM",
                                "IL",
                                "IT",
                                "JM",
                                "JP",
                                "JE",
                                "JO",
                                "KZ",
                                "KE",
                                "KI",
                                "KP",
                                "KR",
                                "KW",
                                "KG",
                                "LA",
                                "LV",
                                "LB",
                                "LS",
                                "LR",
                                "LY",
                                "LI",
                                "LT",
                                "LU",
                                "MO",
                                "MG",
                                "MW",
                                "MY",
                                "MV",
                                "ML",
                                "MT",
                                "MH",
                                "MQ",
                                "MR",
                                "MU",
                                "YT",
                                "MX",
                                "FM",
                                "MD",
                                "MC",
                                "MN",
                                "ME",
                                "MS",
                                "MA",
                                "MZ",
                                "MM",
                                "NA",
                                "NR",
                                "NP",
                                "NL",
                                "NC",
                                "NZ",
                                "NI",
                                "NE",
                                "NG",
                                "NU",
                                "NF",
                                "MK",
                                "MP",
                                "NO",
                                "OM",
                                "PK",
                                "PW",
                                "PS",
                                "PA",
                                "PG",
                                "PY",
                                "PE",
                                "PH",
                                "PN",
                                "PL",
                                "PT",
                                "PR",
                                "QA",
                                "RE",
                                "RO",
                                "RU",
                                "RW",
                                "BL",
                                "SH",
                                "KN",
                                "LC",
                                "MF",
                                "PM",
                                "VC",
                                "WS",
                                "SM",
                                "ST",
                                "SA",
                                "SN",
                                "RS",
                                "SC",
                                "SL",
                                "SG",
                                "SX",
                                "SK",
                                "SI",
                                "SB",
                                "SO",
                                "ZA",
                                "GS",
                                "SS",
                                "ES",
                                "LK",
                                "SD",
                                "SR",
                                "SJ",
                                "SE",
                                "CH",
                                "SY",
                                "TW",
                                "TJ",
                                "TZ",
                                "TH",
                                "TL",
                                "TG",
                                "TK",
                                "TO",
                                "TT",
                                "TN",
                                "TR",
                                "TM",
                                "TC",
                                "TV",
                                "UG",
                                "UA",
                                "AE",
                                "GB",
                                "US",
                                "UM",
                                "UY",
                                "UZ",
                                "VU",
                                "VE",
                                "VN",
                                "VG",
                                "VI",
                                "WF",
                                "EH",
                                "YE",
                                "ZM",
                                "ZW",
                            )
                        ),
                        required=True,
                    ),
                    InputField(name="phone", type="string", limits=Bounds(max_length=40, trim=True)),
                )
            ),
        ),
        InputField(name="buyer_notes", type="text", limits=Bounds(max_length=2000)),
    ),
    schema={
        "type": "object",
        "properties": {
            "shipping_address": {
                "type": "object",
                "properties": {
                    "name": {
                        "type": "string",
                        "maxLength": 200,
                        "pattern": "^[^\\x00]*$",
                        "default": "",
                        "examples": ["Marta Kowalska"],
                    },
                    "street": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                        "examples": ["Rua do Carmo 12"],
                    },
                    "city": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 100,
                        "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                        "examples": ["Porto"],
                    },
                    "state": {"type": "string", "maxLength": 100, "pattern": "^[^\\x00]*$", "examples": ["Porto"]},
                    "postal_code": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 20,
                        "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                        "examples": ["4050-164"],
                    },
                    "country": {
                        "type": "string",
                        "enum": [
                            "AF",
                            "AX",
                            "AL",
                            "DZ",
                            "AS",
                            "AD",
                            "AO",
                            "AI",
                            "AQ",
                            "AG",
                            "AR",
                            "AM",
                            "AW",
                            "AU",
                            "AT",
                            "AZ",
                            "BS",
                            "BH",
                            "BD",
                            "BB",
                            "BY",
                            "BE",
                            "BZ",
                            "BJ",
                            "BM",
                            "BT",
                            "BO",
                            "BQ",
                            "BA",
                            "BW",
                            "BV",
                            "BR",
                            "IO",
                            "BN",
                            "BG",
                            "BF",
                            "BI",
                            "KH",
                            "CM",
                            "CA",
                            "CV",
                            "KY",
                            "CF",
                            "TD",
                            "CL",
                            "CN",
                            "CX",
                            "CC",
                            "CO",
                            "KM",
                            "CD",
                            "CG",
                            "CK",
                            "CR",
                            "CI",
                            "HR",
                            "CU",
                            "CW",
                            "CY",
                            "CZ",
                            "DK",
                            "DJ",
                            "DM",
                            "DO",
                            "EC",
                            "EG",
                            "SV",
                            "GQ",
                            "ER",
                            "EE",
                            "SZ",
                            "ET",
                            "FK",
                            "FO",
                            "FJ",
                            "FI",
                            "FR",
                            "GF",
                            "PF",
                            "TF",
                            "GA",
                            "GM",
                            "GE",
                            "DE",
                            "GH",
                            "GI",
                            "GR",
                            "GL",
                            "GD",
                            "GP",
                            "GU",
                            "GT",
                            "GG",
                            "GN",
                            "GW",
                            "GY",
                            "HT",
                            "HM",
                            "VA",
                            "HN",
                            "HK",
                            "HU",
                            "IS",
                            "IN",
                            "ID",
                            "IR",
                            "IQ",
                            "IE",
                            "IM",
                            "IL",
                            "IT",
                            "JM",
                            "JP",
                            "JE",
                            "JO",
                            "KZ",
                            "KE",
                            "KI",
                            "KP",
                            "KR",
                            "KW",
                            "KG",
                            "LA",
                            "LV",
                            "LB",
                            "LS",
                            "LR",
                            "LY",
                            "LI",
                            "LT",
                            "LU",
                            "MO",
                            "MG",
                            "MW",
                            "MY",
                            "MV",
                            "ML",
                            "MT",
                            "MH",
                            "MQ",
                            "MR",
                            "MU",
                            "YT",
                            "MX",
                            "FM",
                            "MD",
                            "MC",
                            "MN",
                            "ME",
                            "MS",
                            "MA",
                            "MZ",
                            "MM",
                            "NA",
                            "NR",
                            "NP",
                            "NL",
                            "NC",
                            "NZ",
                            "NI",
                            "NE",
                            "NG",
                            "NU",
                            "NF",
                            "MK",
                            "MP",
                            "NO",
                            "OM",
                            "PK",
                            "PW",
                            "PS",
                            "PA",
                            "PG",
                            "PY",
                            "PE",
                            "PH",
                            "PN",
                            "PL",
                            "PT",
                            "PR",
                            "QA",
                            "RE",
                            "RO",
                            "RU",
                            "RW",
                            "BL",
                            "SH",
                            "KN",
                            "LC",
                            "MF",
                            "PM",
                            "VC",
                            "WS",
                            "SM",
                            "ST",
                            "SA",
                            "SN",
                            "RS",
                            "SC",
                            "SL",
                            "SG",
                            "SX",
                            "SK",
                            "SI",
                            "SB",
                            "SO",
                            "ZA",
                            "GS",
                            "SS",
                            "ES",
                            "LK",
                            "SD",
                            "SR",
                            "SJ",
                            "SE",
                            "CH",
                            "SY",
                            "TW",
                            "TJ",
                            "TZ",
                            "TH",
                            "TL",
                            "TG",
                            "TK",
                            "TO",
                            "TT",
                            "TN",
                            "TR",
                            "TM",
                            "TC",
                            "TV",
                            "UG",
                            "UA",
                            "AE",
                            "GB",
                            "US",
                            "UM",
                            "UY",
                            "UZ",
                            "VU",
                            "VE",
                            "VN",
                            "VG",
                            "VI",
                            "WF",
                            "EH",
                            "YE",
                            "ZM",
                            "ZW",
                        ],
                        "examples": ["PT"],
                    },
                    "phone": {
                        "type": "string",
                        "maxLength": 40,
                        "pattern": "^[^\\x00]*$",
                        "default": "",
                        "examples": ["+351 22 123 4567"],
                    },
                },
                "required": ["street", "city", "state", "postal_code", "country"],
                "additionalProperties": False,
            },
            "buyer_notes": {"type": "string", "maxLength": 2000, "pattern": "^[^\\x00]*$", "default": ""},
        },
        "required": ["shipping_address"],
        "additionalProperties": False,
    },
)
