//! Input and output: the repository → [`Snapshot`](crate::snapshot::Snapshot), and a finished site → a folder.

mod before;
mod beneath;
pub mod changes;
mod checkouts;
pub mod edit;
mod exchange;
pub mod history;
pub mod io;
mod journal;
pub mod last_build;
mod lock;
mod marker;
pub mod publish;
pub mod read;
pub mod seen;
mod stage;

pub use publish::publish;
pub use read::read;
