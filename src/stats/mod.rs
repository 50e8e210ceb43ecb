//! Pure statistics; knows nothing of incidents.

pub mod quantile;
