//! Input and output: the repository → [`Snapshot`](crate::snapshot::Snapshot), and a finished site → a folder.

mod before;
pub mod changes;
pub mod edit;
mod exchange;
pub mod history;
mod journal;
pub mod publish;
pub mod read;

pub use publish::publish;
pub use read::read;
