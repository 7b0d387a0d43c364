# Generated from spec/product.yaml by `agora build`; do not edit.
"""What the operations of Product take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from generated import attachments, policies
from generated.models.product_image import ProductImage
from runtime.application import Sql
from runtime.calls.files import File
from runtime.fieldtypes import Bounds
from runtime.inputs import UNSET, FileInput, InputField, InputType, Reference, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class Favorite201:
    """201 of product.favorite."""

    favorited: Literal[True] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Favorite200:
    """200 of product.favorite."""

    favorited: Literal[False] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInput:
    """The body of product.create."""

    name: str
    description: str
    short_description: str = ""
    category_id: int
    price: Decimal
    original_price: Decimal | None = None
    stock_quantity: int = 1
    condition: Literal["new", "like_new", "good", "fair", "poor"] = "new"
    brand: str = ""
    model: str = ""
    weight: Decimal | None = None
    dimensions_length: Decimal | None = None
    dimensions_width: Decimal | None = None
    dimensions_height: Decimal | None = None
    colors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    materials: str = ""
    is_active: bool = True
    is_featured: bool | Unset = UNSET
    is_digital: bool = False
    main_image: File | None = None
    images: tuple[File, ...] = ()
    uploaded_images: tuple[File, ...] = ()


CREATE = InputType(
    name="product.create",
    make=CreateInput,
    fields=(
        InputField(name="name", type="string", limits=Bounds(min_length=1, max_length=200, trim=True), required=True),
        InputField(name="description", type="text", limits=Bounds(min_length=1, max_length=20000), required=True),
        InputField(name="short_description", type="string", limits=Bounds(max_length=300)),
        InputField(
            name="category",
            type="reference",
            attribute="category_id",
            required=True,
            reference=Reference(table="category", key="id", key_type="id", visible=Sql.same('t."is_active"')),
        ),
        InputField(name="price", type="money", limits=Bounds(min="0.01", max="100000.00", places=2), required=True),
        InputField(
            name="original_price", type="money", limits=Bounds(min="0.01", max="1000000.00", places=2), nullable=True
        ),
        InputField(name="stock_quantity", type="integer", limits=Bounds(min=0, max=2147483647)),
        InputField(name="condition", type="enum", limits=Bounds(values=("new", "like_new", "good", "fair", "poor"))),
        InputField(name="brand", type="string", limits=Bounds(max_length=100, trim=True)),
        InputField(name="model", type="string", limits=Bounds(max_length=100, trim=True)),
        InputField(name="weight", type="decimal", limits=Bounds(min="0", max="100000.00", places=2), nullable=True),
        InputField(
            name="dimensions_length", type="decimal", limits=Bounds(min="0", max="100000.00", places=2), nullable=True
        ),
        InputField(
            name="dimensions_width", type="decimal", limits=Bounds(min="0", max="100000.00", places=2), nullable=True
        ),
        InputField(
            name="dimensions_height", type="decimal", limits=Bounds(min="0", max="100000.00", places=2), nullable=True
        ),
        InputField(name="colors", type="list", limits=Bounds(max_length=50, max_items=30)),
        InputField(name="tags", type="list", limits=Bounds(max_length=50, max_items=30)),
        InputField(name="materials", type="text", limits=Bounds(max_length=2000)),
        InputField(name="is_active", type="boolean"),
        InputField(name="is_featured", type="boolean", policy=policies.admin),
        InputField(name="is_digital", type="boolean"),
    ),
    schema={
        "type": "object",
        "properties": {
            "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                "examples": ["Walnut desk organiser"],
            },
            "description": {
                "type": "string",
                "minLength": 1,
                "maxLength": 20000,
                "pattern": "^[^\\x00]*$",
                "examples": ["Five compartments and a groove for pens."],
            },
            "short_description": {"type": "string", "maxLength": 300, "pattern": "^[^\\x00]*$", "default": ""},
            "category": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 9223372036854775807},
            "price": {
                "type": ["string", "number"],
                "pattern": "^(?!0+(?:\\.0+)?$)(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0.01,
                "maximum": 100000,
                "examples": ["19.90"],
            },
            "original_price": {
                "type": ["string", "number", "null"],
                "pattern": "^(?!0+(?:\\.0+)?$)(?:[0-9]{1,6}(?:\\.[0-9]{1,2})?|1000000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0.01,
                "maximum": 1000000,
                "examples": ["24.90"],
            },
            "stock_quantity": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2147483647, "default": 1},
            "condition": {"type": "string", "enum": ["new", "like_new", "good", "fair", "poor"], "default": "new"},
            "brand": {"type": "string", "maxLength": 100, "pattern": "^[^\\x00]*$", "default": ""},
            "model": {"type": "string", "maxLength": 100, "pattern": "^[^\\x00]*$", "default": ""},
            "weight": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Kilograms.",
            },
            "dimensions_length": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Centimetres.",
            },
            "dimensions_width": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Centimetres.",
            },
            "dimensions_height": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Centimetres.",
            },
            "colors": {
                "type": "array",
                "items": {"type": "string", "maxLength": 50, "pattern": "^[^\\x00]*$"},
                "maxItems": 30,
                "default": [],
            },
            "tags": {
                "type": "array",
                "items": {"type": "string", "maxLength": 50, "pattern": "^[^\\x00]*$"},
                "maxItems": 30,
                "default": [],
            },
            "materials": {"type": "string", "maxLength": 2000, "pattern": "^[^\\x00]*$", "default": ""},
            "is_active": {"type": "boolean", "default": True},
            "is_featured": {"type": "boolean"},
            "is_digital": {"type": "boolean", "default": False},
        },
        "required": ["name", "description", "category", "price"],
        "additionalProperties": False,
    },
    files=(
        FileInput(
            name="main_image",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            model=ProductImage,
            relation="product_id",
            sets={"is_primary": True},
        ),
        FileInput(
            name="images",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            most=20,
            model=ProductImage,
            relation="product_id",
        ),
        FileInput(
            name="uploaded_images",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            most=20,
            model=ProductImage,
            relation="product_id",
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateInput:
    """The body of product.update: what is left out stays."""

    name: str | Unset = UNSET
    description: str | Unset = UNSET
    short_description: str | Unset = UNSET
    category_id: int | Unset = UNSET
    price: Decimal | Unset = UNSET
    original_price: Decimal | Unset | None = UNSET
    stock_quantity: int | Unset = UNSET
    condition: Literal["new", "like_new", "good", "fair", "poor"] | Unset = UNSET
    brand: str | Unset = UNSET
    model: str | Unset = UNSET
    weight: Decimal | Unset | None = UNSET
    dimensions_length: Decimal | Unset | None = UNSET
    dimensions_width: Decimal | Unset | None = UNSET
    dimensions_height: Decimal | Unset | None = UNSET
    colors: list[str] | Unset = UNSET
    tags: list[str] | Unset = UNSET
    materials: str | Unset = UNSET
    is_active: bool | Unset = UNSET
    is_featured: bool | Unset = UNSET
    is_digital: bool | Unset = UNSET
    main_image: File | None = None
    images: tuple[File, ...] = ()
    uploaded_images: tuple[File, ...] = ()


UPDATE = InputType(
    name="product.update",
    make=UpdateInput,
    fields=CREATE.fields,
    schema={
        "type": "object",
        "properties": {
            "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$",
                "examples": ["Walnut desk organiser"],
            },
            "description": {
                "type": "string",
                "minLength": 1,
                "maxLength": 20000,
                "pattern": "^[^\\x00]*$",
                "examples": ["Five compartments and a groove for pens."],
            },
            "short_description": {"type": "string", "maxLength": 300, "pattern": "^[^\\x00]*$"},
            "category": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 9223372036854775807},
            "price": {
                "type": ["string", "number"],
                "pattern": "^(?!0+(?:\\.0+)?$)(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0.01,
                "maximum": 100000,
                "examples": ["19.90"],
            },
            "original_price": {
                "type": ["string", "number", "null"],
                "pattern": "^(?!0+(?:\\.0+)?$)(?:[0-9]{1,6}(?:\\.[0-9]{1,2})?|1000000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0.01,
                "maximum": 1000000,
                "examples": ["24.90"],
            },
            "stock_quantity": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2147483647},
            "condition": {"type": "string", "enum": ["new", "like_new", "good", "fair", "poor"]},
            "brand": {"type": "string", "maxLength": 100, "pattern": "^[^\\x00]*$"},
            "model": {"type": "string", "maxLength": 100, "pattern": "^[^\\x00]*$"},
            "weight": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Kilograms.",
            },
            "dimensions_length": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Centimetres.",
            },
            "dimensions_width": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Centimetres.",
            },
            "dimensions_height": {
                "type": ["string", "number", "null"],
                "pattern": "^(?:[0-9]{1,5}(?:\\.[0-9]{1,2})?|100000(?:\\.0{1,2})?)$",
                "maxLength": 24,
                "multipleOf": 0.01,
                "minimum": 0,
                "maximum": 100000,
                "description": "Centimetres.",
            },
            "colors": {
                "type": "array",
                "items": {"type": "string", "maxLength": 50, "pattern": "^[^\\x00]*$"},
                "maxItems": 30,
            },
            "tags": {
                "type": "array",
                "items": {"type": "string", "maxLength": 50, "pattern": "^[^\\x00]*$"},
                "maxItems": 30,
            },
            "materials": {"type": "string", "maxLength": 2000, "pattern": "^[^\\x00]*$"},
            "is_active": {"type": "boolean"},
            "is_featured": {"type": "boolean"},
            "is_digital": {"type": "boolean"},
        },
        "additionalProperties": False,
    },
    files=(
        FileInput(
            name="main_image",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            model=ProductImage,
            relation="product_id",
            sets={"is_primary": True},
        ),
        FileInput(
            name="images",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            most=20,
            model=ProductImage,
            relation="product_id",
        ),
        FileInput(
            name="uploaded_images",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            most=20,
            model=ProductImage,
            relation="product_id",
        ),
    ),
)
REPLACE = InputType(
    name="product.replace",
    make=CreateInput,
    fields=CREATE.fields,
    schema=CREATE.schema,
    files=(
        FileInput(
            name="main_image",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            model=ProductImage,
            relation="product_id",
            sets={"is_primary": True},
        ),
        FileInput(
            name="images",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            most=20,
            model=ProductImage,
            relation="product_id",
        ),
        FileInput(
            name="uploaded_images",
            attachment=attachments.PRODUCT_IMAGE_S3_KEY,
            most=20,
            model=ProductImage,
            relation="product_id",
        ),
    ),
)
