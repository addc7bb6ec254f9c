//! Items as rows of cells: a serializer that writes each member that has a column into its cell, and passes over the others.

use std::{fmt::Write as _, ops::Range};

use serde::{
    Serialize, Serializer,
    ser::{Error as _, Impossible, SerializeSeq, SerializeStruct},
};

use super::table::{Column, Kind};

/// What a member cannot be that is to stand in a table.
pub(super) type Fault = serde::de::value::Error;

/// Where the members of an item go.
#[derive(Debug)]
pub(super) struct Layout {
    root: Node,
    columns: usize,
}

#[derive(Debug, Default)]
struct Node {
    name: &'static str,
    column: Option<usize>,
    below: Vec<Self>,
}

/// The cells of an item: its texts one after the other, and where each begins and ends.
#[derive(Debug)]
pub(super) struct Row {
    text: String,
    cells: Vec<Option<Range<usize>>>,
}

impl Row {
    /// What stands in a column; `None` where the member is absent.
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        self.text.get(self.cells.get(column)?.clone()?)
    }
}

impl Layout {
    pub(super) fn of(columns: &[Column]) -> Self {
        let mut root = Node::default();
        for (place, column) in columns.iter().enumerate() {
            match column.kind {
                Kind::CodeOf(..) | Kind::NameOf(..) => {}
                Kind::Each(member) => root.at(column.name).at(member).column = Some(place),
                Kind::Text | Kind::Date | Kind::Instant | Kind::Number | Kind::Flag | Kind::List => {
                    root.at(column.name).column = Some(place);
                }
            }
        }
        Self { root, columns: columns.len() }
    }

    /// The item as cells.
    ///
    /// # Errors
    /// The item is no object of members.
    pub(super) fn row<V: Serialize>(&self, item: &V) -> Result<Row, Fault> {
        let mut row = Row { text: String::with_capacity(256), cells: vec![None; self.columns] };
        item.serialize(Cell { row: &mut row, node: &self.root })?;
        Ok(row)
    }
}

impl Node {
    fn at(&mut self, path: &'static str) -> &mut Self {
        path.split('.').fold(self, |node, name| {
            let known = node.below.iter().position(|one| one.name == name);
            let place = known.unwrap_or_else(|| {
                node.below.push(Self { name, ..Self::default() });
                node.below.len() - 1
            });
            &mut node.below[place]
        })
    }
}

/// A member on its way into its cell, or an object on the way into those of its members.
struct Cell<'a> {
    row: &'a mut Row,
    node: &'a Node,
}

impl Cell<'_> {
    fn put(self, text: impl std::fmt::Display) -> Result<(), Fault> {
        let Some(column) = self.node.column else { return Ok(()) };
        let Row { text: all, cells } = self.row;
        // A second value for the same cell is the next one of a list, which directly follows the one before.
        let begun = cells[column].clone().filter(|cell| cell.end == all.len());
        let start = begun.map_or(all.len(), |cell| {
            all.push_str("; ");
            cell.start
        });
        write!(all, "{text}").map_err(Fault::custom)?;
        cells[column] = Some(start..all.len());
        Ok(())
    }
}

impl<'a> Serializer for Cell<'a> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Fault>;
    type SerializeTupleStruct = Impossible<(), Fault>;
    type SerializeTupleVariant = Impossible<(), Fault>;
    type SerializeMap = Impossible<(), Fault>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Fault>;

    fn serialize_bool(self, v: bool) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_i8(self, v: i8) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_i16(self, v: i16) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_i32(self, v: i32) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_i64(self, v: i64) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_u8(self, v: u8) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_u16(self, v: u16) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_u32(self, v: u32) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_u64(self, v: u64) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_f32(self, v: f32) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_f64(self, v: f64) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_char(self, v: char) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_str(self, v: &str) -> Result<(), Fault> {
        self.put(v)
    }
    fn collect_str<T: std::fmt::Display + ?Sized>(self, v: &T) -> Result<(), Fault> {
        self.put(v)
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Fault> {
        Err(Fault::custom("bytes do not stand in a cell"))
    }
    fn serialize_none(self) -> Result<(), Fault> {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, v: &T) -> Result<(), Fault> {
        v.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Fault> {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, code: &'static str) -> Result<(), Fault> {
        self.put(code)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, v: &T) -> Result<(), Fault> {
        v.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        v: &T,
    ) -> Result<(), Fault> {
        v.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Fault> {
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Fault> {
        Err(Fault::custom("a tuple has no column"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Fault> {
        Err(Fault::custom("a tuple has no column"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(Fault::custom("a tuple has no column"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Fault> {
        Err(Fault::custom("a map has no columns"))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Fault> {
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(Fault::custom("a variant has no columns"))
    }
}

impl SerializeSeq for Cell<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(Cell { row: self.row, node: self.node })
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl SerializeStruct for Cell<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Fault> {
        match self.node.below.iter().find(|node| node.name == name) {
            Some(node) => value.serialize(Cell { row: self.row, node }),
            None => Ok(()),
        }
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}
