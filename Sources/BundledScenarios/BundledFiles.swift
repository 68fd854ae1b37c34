/// The scenarios and policy files of the folder `Scenarios`, as they were when this was built.
///
/// They are a module of their own because the compiler takes seconds to fold the bytes into the program, and only has to
/// do so again when one of the files changes.
package enum BundledFiles {
    /// The bytes of each file by its name; a file that is new in the folder needs a line here.
    package static let bytes: [String: [UInt8]] = [
        "ci-fleet.policy.hujson": PackageResources.ci_fleet_policy_hujson,
        "ci-fleet.yaml": PackageResources.ci_fleet_yaml,
        "company-500.policy.hujson": PackageResources.company_500_policy_hujson,
        "company-500.yaml": PackageResources.company_500_yaml,
        "enterprise-10k.policy.hujson": PackageResources.enterprise_10k_policy_hujson,
        "enterprise-10k.yaml": PackageResources.enterprise_10k_yaml,
        "exit-destinations.yaml": PackageResources.exit_destinations_yaml,
        "exit-heavy.policy.hujson": PackageResources.exit_heavy_policy_hujson,
        "exit-heavy.yaml": PackageResources.exit_heavy_yaml,
        "fixtures.policy.hujson": PackageResources.fixtures_policy_hujson,
        "fixtures.yaml": PackageResources.fixtures_yaml,
        "home-lab.policy.hujson": PackageResources.home_lab_policy_hujson,
        "home-lab.yaml": PackageResources.home_lab_yaml,
        "hyperscale-100k.policy.hujson": PackageResources.hyperscale_100k_policy_hujson,
        "hyperscale-100k.yaml": PackageResources.hyperscale_100k_yaml,
        "mixed-clients.policy.hujson": PackageResources.mixed_clients_policy_hujson,
        "mixed-clients.yaml": PackageResources.mixed_clients_yaml,
        "multi-site.policy.hujson": PackageResources.multi_site_policy_hujson,
        "multi-site.yaml": PackageResources.multi_site_yaml,
        "port-22-spike.policy.hujson": PackageResources.port_22_spike_policy_hujson,
        "port-22-spike.yaml": PackageResources.port_22_spike_yaml,
        "quickstart.edited.policy.hujson": PackageResources.quickstart_edited_policy_hujson,
        "quickstart.policy.hujson": PackageResources.quickstart_policy_hujson,
        "quickstart.yaml": PackageResources.quickstart_yaml,
        "quiet.policy.hujson": PackageResources.quiet_policy_hujson,
        "quiet.yaml": PackageResources.quiet_yaml,
        "startup.policy.hujson": PackageResources.startup_policy_hujson,
        "startup.yaml": PackageResources.startup_yaml,
        "unauthorized-api-calls.policy.hujson": PackageResources.unauthorized_api_calls_policy_hujson,
        "unauthorized-api-calls.yaml": PackageResources.unauthorized_api_calls_yaml,
    ]
}
