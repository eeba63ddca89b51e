//! The `model` file of a component: a graph of layers with their weights, from which parts are taken by name.

use std::collections::BTreeMap;

use super::{PackageError, Value};

/// A block of numbers with its shape, the last dimension running fastest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

impl Array {
    /// Length of the dimension `axis`, 1 where there is none.
    pub(crate) fn dim(&self, axis: usize) -> usize {
        self.shape.get(axis).copied().unwrap_or(1)
    }

    /// Length of the last dimension.
    pub(crate) fn row_length(&self) -> usize {
        self.shape.last().copied().unwrap_or(1).max(1)
    }

    /// The array, if its shape is the one expected.
    pub(crate) fn expect(self, shape: &[usize], what: &str) -> Result<Self, PackageError> {
        if self.shape == shape {
            return Ok(self);
        }
        Err(PackageError::damaged(format!("{what} has the shape {:?}, not {shape:?}", self.shape)))
    }

    /// Reads little-endian single-precision numbers.
    pub(crate) fn from_bytes(shape: Vec<usize>, bytes: &[u8]) -> Result<Self, PackageError> {
        let count = shape.iter().try_fold(1_usize, |n, &d| n.checked_mul(d));
        if count.and_then(|n| n.checked_mul(4)) != Some(bytes.len()) {
            return Err(PackageError::damaged(format!(
                "{} bytes of weights for the shape {shape:?}",
                bytes.len()
            )));
        }
        let data: Vec<f32> = bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect();
        if data.iter().any(|x| !x.is_finite()) {
            return Err(PackageError::damaged("a weight is not a number"));
        }
        Ok(Self { shape, data })
    }
}

/// One layer.
#[derive(Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    refs: BTreeMap<String, usize>,
    attrs: BTreeMap<String, Vec<u8>>,
    params: BTreeMap<String, Array>,
}

impl Node {
    /// The weights called `name`.
    pub(crate) fn weights(&self, name: &str) -> Result<Array, PackageError> {
        let found = self.params.get(name).cloned();
        found.ok_or_else(|| PackageError::damaged(format!("layer {} has no weights {name}", self.name)))
    }

    /// An attribute that is a number.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        Value::read(self.attrs.get(name)?).ok()?.uint()
    }

    /// An attribute that is a list of texts.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let value = self.attrs.get(name).and_then(|bytes| Value::read(bytes).ok());
        let items = value.as_ref().map_or(&[][..], Value::items);
        items.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
    }
}

/// The layers of one component, in the order of the file.
pub(crate) struct Graph {
    nodes: Vec<Node>,
}

impl Graph {
    /// Reads a `model` file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        let value = Value::read(bytes)?;
        let list = |key| value.field(key).map_or(&[][..], Value::items);
        let (nodes, attrs, params) = (list("nodes"), list("attrs"), list("params"));
        if nodes.is_empty() || nodes.len() != attrs.len() || nodes.len() != params.len() {
            return Err(PackageError::damaged(
                "the lists of layers, attributes and weights do not fit each other",
            ));
        }
        let nodes =
            nodes.iter().zip(attrs).zip(params).map(|((n, a), p)| node(n, a, p)).collect::<Result<_, _>>()?;
        Ok(Self { nodes })
    }

    /// All layers of that name, in order.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    /// The one layer of that name, or the first of several.
    pub(crate) fn first(&self, name: &str) -> Result<&Node, PackageError> {
        self.named(name).next().ok_or_else(|| PackageError::damaged(format!("no layer is called {name}")))
    }

    /// The layer that the first layer refers to as `name`.
    pub(crate) fn referred(&self, name: &str) -> Result<&Node, PackageError> {
        let root = self.nodes.first().and_then(|node| node.refs.get(name));
        let node = root.and_then(|&index| self.nodes.get(index));
        node.ok_or_else(|| PackageError::damaged(format!("the model does not say which layer is {name}")))
    }

    /// A layer of that name which is not `other`.
    pub(crate) fn other(&self, name: &str, other: &Node) -> Result<&Node, PackageError> {
        let found = self.named(name).find(|node| !std::ptr::eq(*node, other));
        found.ok_or_else(|| PackageError::damaged(format!("no second layer is called {name}")))
    }
}

fn node(node: &Value<'_>, attrs: &Value<'_>, params: &Value<'_>) -> Result<Node, PackageError> {
    let name = node.field("name").and_then(Value::text).unwrap_or_default().to_owned();
    let refs = node.field("refs").map_or(&[][..], Value::entries);
    let refs =
        refs.iter().filter_map(|(k, v)| Some((k.text()?.into(), usize::try_from(v.uint()?).ok()?))).collect();
    let attrs =
        attrs.entries().iter().filter_map(|(k, v)| Some((k.text()?.into(), v.bytes()?.to_vec()))).collect();
    let mut arrays = BTreeMap::new();
    for (key, value) in params.entries() {
        if let (Some(key), Value::Map(_)) = (key.text(), value) {
            arrays.insert(key.to_owned(), array(value)?);
        }
    }
    Ok(Node { name, refs, attrs, params: arrays })
}

fn array(value: &Value<'_>) -> Result<Array, PackageError> {
    if value.field("type").and_then(Value::text) != Some("<f4") {
        return Err(PackageError::damaged("weights that are not little-endian single precision"));
    }
    let shape = value.field("shape").map_or(&[][..], Value::items);
    let shape = shape.iter().filter_map(|d| usize::try_from(d.uint()?).ok()).collect();
    Array::from_bytes(shape, value.field("data").and_then(Value::bytes).unwrap_or_default())
}
