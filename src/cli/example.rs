//! The repository that `init --example` writes, inside the binary. To change it: edit the files in `example/`.

/// Each file by its path in `example/`.
macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/", $path)))),*]
    };
}

/// Path and text of each file.
pub(super) const FILES: &[(&str, &str)] = files!(
    "TRUTHS.md",
    "data/deploys.csv",
    "reports/2023/2023-12-21-notifications-old-sms-gateway.md",
    "reports/2024/2024-01-09-storefront-voucher-field.md",
    "reports/2024/2024-01-18-checkout-pool-exhausted.md",
    "reports/2024/2024-02-01-warehouse-label-size.md",
    "reports/2024/2024-02-07-accounts-certificate.md",
    "reports/2024/2024-02-23-search-old-prices.md",
    "reports/2024/2024-03-05-payments-one-card-brand.md",
    "reports/2024/2024-03-13-checkout-renamed-column.md",
    "reports/2024/2024-03-31-routing-summer-time.md",
    "reports/2024/2024-04-11-storefront-spring-sale.md",
    "reports/2024/2024-04-22-notifications-late-mails.md",
    "reports/2024/2024-05-06-warehouse-empty-lists.md",
    "reports/2024/2024-05-16-reporting-cents-as-euros.md",
    "reports/2024/2024-05-26-accounts-logged-out.md",
    "reports/2024/2024-06-06-payments-bank-certificate.md",
    "reports/2024/2024-06-19-search-heat-wave.md",
    "reports/2024/2024-07-01-checkout-short-timeout.md",
    "reports/2024/2024-07-19-storefront-allergens.md",
    "reports/2024/2024-07-31-routing-maps-provider.md",
    "reports/2024/2024-08-14-warehouse-stock-behind.md",
    "reports/2024/2024-08-29-storefront-blank-pages.md",
    "reports/2024/2024-09-09-accounts-first-school-day.md",
    "reports/2024/2024-09-27-checkout-no-tax.md",
    "reports/2024/2024-10-10-payments-bank-maintenance.md",
    "reports/2024/2024-10-27-reporting-hour-twice.md",
    "reports/2024/2024-11-10-storefront-app-update.md",
    "reports/2024/2024-11-29-storefront-black-friday.md",
    "reports/2024/2024-12-06-notifications-test-mails.md",
    "reports/2025/2025-01-23-checkout-order-limit.md",
    "reports/2025/2025-02-21-warehouse-scanner-certificate.md",
    "reports/2025/2025-03-06-accounts-address-service.md",
    "reports/2025/2025-04-16-search-umlauts.md",
    "reports/2025/2025-05-20-payments-renewed-late.md",
    "reports/2025/2025-06-07-routing-frozen-traffic.md",
    "reports/2025/2025-07-23-storefront-old-host.md",
    "reports/2025/2025-08-12-notifications-mail-provider.md",
    "reports/2025/2025-09-12-payments-second-processor.md",
    "reports/2025/2025-10-13-warehouse-holiday-week.md",
    "reports/2025/2025-11-05-checkout-failover-drill.md",
    "reports/2025/2025-12-02-checkout-gift-cards.md",
    "reports/2026/2026-01-19-reporting-one-warehouse.md",
    "reports/2026/2026-03-10-accounts-session-store.md",
    "reports/2026/2026-04-21-storefront-after-easter.md",
    "reports/2026/2026-05-12-accounts-script-of-others.md",
    "reports/2026/2026-06-10-payments-copied-pool.md",
    "reports/2026/2026-06-23-warehouse-scales.md",
    "reports/_digests/2025.md",
    "reports/_patterns/big-bang-deploy.md",
    "reports/_patterns/capacity.md",
    "reports/_patterns/certificates.md",
    "reports/_patterns/circuit-breaker.md",
    "reports/_patterns/clock-and-calendar.md",
    "reports/_patterns/config-change-unreviewed.md",
    "reports/_patterns/connection-pool.md",
    "reports/_patterns/dns.md",
    "reports/_patterns/fast-rollback.md",
    "reports/_patterns/feature-flag.md",
    "reports/_patterns/monitoring-gap.md",
    "reports/_patterns/ownership-unclear.md",
    "reports/_patterns/queue-backlog.md",
    "reports/_patterns/retry-storm.md",
    "reports/_patterns/runbook-missing.md",
    "reports/_patterns/schema-change.md",
    "reports/_patterns/stale-cache.md",
    "reports/_patterns/third-party-dependency.md",
    "site.toml",
);

/// The day on which its last report was written.
pub(super) const AS_OF: &str = "2026-06-30";

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_inside() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example");
        let files = walkdir::WalkDir::new(&root).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        let name = |entry: walkdir::DirEntry| {
            entry.path().strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/")
        };
        let mut on_disk: Vec<String> = files.map(name).collect();
        on_disk.sort();
        assert_eq!(FILES.iter().map(|(path, _)| *path).collect::<Vec<_>>(), on_disk);
    }
}
