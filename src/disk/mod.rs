//! Input and output: the repository → [`Snapshot`](crate::snapshot::Snapshot), and a finished site → a folder.

pub mod history;
pub mod publish;
pub mod read;

pub use publish::publish;
pub use read::read;
