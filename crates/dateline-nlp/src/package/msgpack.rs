//! Reads msgpack, the format of every binary file in a package, out of a byte slice.
//!
//! Sizes that a file claims are believed only as far as the file is long, and nesting is bounded, so a
//! damaged file gives an error and never a crash.

use super::PackageError;

/// How deep maps and arrays may stand in one another; packages use six.
const DEEPEST: usize = 32;

/// One value; texts and bytes are borrowed from the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing, or a type that packages do not use.
    Nil,
    Bool(bool),
    Int(i64),
    /// A number above `i64::MAX`; smaller ones are `Int`.
    Uint(u64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Reads the one value that `bytes` holds.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, PackageError> {
        Reader { rest: bytes }.value(0)
    }

    /// The value under `key` of a map; keys may be written as text or as bytes.
    pub(crate) fn field(&self, key: &str) -> Option<&Value<'a>> {
        self.entries().iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v)
    }

    /// The pairs of a map; of anything else, none.
    pub(crate) fn entries(&self) -> &[(Value<'a>, Value<'a>)] {
        if let Self::Map(pairs) = self { pairs } else { &[] }
    }

    /// The members of a list; of anything else, none.
    pub(crate) fn items(&self) -> &[Value<'a>] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The text, also where it was written as bytes.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The bytes of a text or of bytes.
    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Text(text) => Some(text.as_bytes()),
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A number that is not negative.
    pub(crate) fn uint(&self) -> Option<u64> {
        match *self {
            Self::Int(number) => u64::try_from(number).ok(),
            Self::Uint(number) => Some(number),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value<'a>, PackageError> {
        if depth > DEEPEST {
            return Err(PackageError::damaged("msgpack nested too deeply"));
        }
        let code = self.take(1)?[0];
        Ok(match code {
            0x00..=0x7f => Value::Int(i64::from(code)),
            0xe0..=0xff => Value::Int(i64::from(code.cast_signed())),
            0x80..=0x8f => self.map(usize::from(code & 0x0f), depth)?,
            0x90..=0x9f => self.list(usize::from(code & 0x0f), depth)?,
            0xa0..=0xbf => self.text(usize::from(code & 0x1f))?,
            0xc2 | 0xc3 => Value::Bool(code == 0xc3),
            0xc4..=0xc6 => {
                let length = self.size(1 << (code - 0xc4))?;
                Value::Bytes(self.take(length)?)
            }
            0xca => Value::Float(f64::from(f32::from_bits(self.number(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.number(8)?)),
            0xcc..=0xcf => unsigned(self.number(1 << (code - 0xcc))?),
            0xd0..=0xd3 => self.signed(1 << (code - 0xd0))?,
            0xd9..=0xdb => {
                let length = self.size(1 << (code - 0xd9))?;
                self.text(length)?
            }
            0xdc | 0xdd => {
                let length = self.size(2 << (code - 0xdc))?;
                self.list(length, depth)?
            }
            0xde | 0xdf => {
                let length = self.size(2 << (code - 0xde))?;
                self.map(length, depth)?
            }
            0xc0 => Value::Nil,
            _ => return Err(PackageError::damaged(format!("msgpack type {code:#04x} is not known"))),
        })
    }

    fn list(&mut self, length: usize, depth: usize) -> Result<Value<'a>, PackageError> {
        let mut items = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, length: usize, depth: usize) -> Result<Value<'a>, PackageError> {
        let mut pairs = Vec::with_capacity(length.min(self.rest.len() / 2));
        for _ in 0..length {
            pairs.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        Ok(Value::Map(pairs))
    }

    fn text(&mut self, length: usize) -> Result<Value<'a>, PackageError> {
        let bytes = self.take(length)?;
        Ok(std::str::from_utf8(bytes).map_or(Value::Bytes(bytes), Value::Text))
    }

    fn size(&mut self, width: usize) -> Result<usize, PackageError> {
        let size = self.number(width)?;
        usize::try_from(size).map_err(|_| PackageError::damaged("msgpack size beyond memory"))
    }

    /// A big-endian number of `width` bytes.
    fn number(&mut self, width: usize) -> Result<u64, PackageError> {
        Ok(self.take(width)?.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    fn signed(&mut self, width: usize) -> Result<Value<'a>, PackageError> {
        let unused = 64 - 8 * width;
        let number = self.number(width)?;
        Ok(Value::Int((number << unused).cast_signed() >> unused))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], PackageError> {
        let split = self.rest.split_at_checked(length);
        let (head, rest) = split.ok_or_else(|| PackageError::damaged("msgpack ends too early"))?;
        self.rest = rest;
        Ok(head)
    }
}

fn unsigned<'a>(number: u64) -> Value<'a> {
    i64::try_from(number).map_or(Value::Uint(number), Value::Int)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &Value<'_>) {
        assert_eq!(Value::read(bytes).unwrap(), *expected, "{bytes:02x?}");
    }

    #[test]
    fn numbers_texts_and_containers() {
        check(&[0x05], &Value::Int(5));
        check(&[0xff], &Value::Int(-1));
        check(&[0xd1, 0xff, 0x00], &Value::Int(-256));
        check(&[0xcf, 0xff, 0, 0, 0, 0, 0, 0, 1], &Value::Uint(0xff00_0000_0000_0001));
        check(&[0xa2, b'h', b'i'], &Value::Text("hi"));
        check(&[0xc4, 1, 0xff], &Value::Bytes(&[0xff]));
        check(&[0x92, 0xc0, 0xc3], &Value::List(vec![Value::Nil, Value::Bool(true)]));
        check(&[0x81, 0x01, 0xa1, b'x'], &Value::Map(vec![(Value::Int(1), Value::Text("x"))]));
        check(&[0xca, 0x3f, 0x80, 0, 0], &Value::Float(1.0));
    }

    #[test]
    fn damage_is_an_error() {
        for bytes in [&[][..], &[0xa5, b'x'], &[0xdd, 0xff, 0xff, 0xff, 0xff], &[0xc1], &[0x91; 100]] {
            assert!(Value::read(bytes).is_err(), "{bytes:02x?}");
        }
    }
}
