// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of this package: the newest language rules, and no warning that stays.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func external(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

/// A product that only builds with a trait need.
func external(_ name: String, _ package: String, with trait: String) -> Target.Dependency {
    .product(name: name, package: package, condition: .when(traits: [trait]))
}

let package = Package(
    name: "mocktail",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "mocktail", targets: ["mocktail"]),
        // Labelled logs for the tests of rules, from Swift.
        .library(
            name: "MocktailFixtures", targets: ["MocktailFixtures", "Scoring", "Truth", "TailnetModel", "SimTime"]),
    ],
    // What takes long to build and not everybody needs. Scripts/demo builds without.
    traits: [
        .trait(name: "TLS", description: "Deliveries over https, with the copy of BoringSSL in swift-nio-ssl."),
        .default(enabledTraits: ["TLS"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // 1: C shims.
        .target(name: "CPrefetch"),
        .target(name: "CSHA256"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

        // 2: text, randomness, time, files.
        .target(name: "ByteText"),
        .target(name: "KeyedRandom", dependencies: ["CPrefetch"]),
        .target(name: "SimTime", dependencies: ["ByteText"]),
        .target(name: "SystemFiles", dependencies: ["ByteText"]),

        // 3: the nouns.
        .target(name: "TailnetModel", dependencies: ["SimTime"]),
        .target(name: "Compression", dependencies: ["CZlib"]),
        .target(name: "Truth", dependencies: ["TailnetModel", "SimTime", "ByteText"]),

        // 4 to 6: the policy, the kinds of incident, the scenario.
        .target(name: "BundledScenarios", resources: [.embedInCode("Scenarios")]),
        .target(name: "TailnetPolicy", dependencies: ["TailnetModel", "ByteText"]),
        .target(name: "TailnetControl", dependencies: ["TailnetModel", "SimTime", "KeyedRandom", "ByteText"]),
        .target(name: "IncidentCatalog", dependencies: ["Truth", "TailnetModel", "ByteText"]),
        .target(
            name: "ScenarioSpec",
            dependencies: [
                "BundledScenarios", "IncidentCatalog", "TailnetControl", "TailnetPolicy", "Truth", "TailnetModel",
                "SystemFiles", "SimTime", "KeyedRandom", "ByteText", "CLibYAML",
            ]),

        // 7: the tailnet's life, its records, what they are measured by.
        .target(
            name: "Simulation",
            dependencies: [
                "ScenarioSpec", "IncidentCatalog", "TailnetControl", "TailnetPolicy", "Truth", "TailnetModel",
                "SimTime", "KeyedRandom", "ByteText", "CPrefetch", external("BasicContainers", "swift-collections"),
            ]),
        .target(name: "LogFormats", dependencies: ["TailnetModel", "SimTime", "ByteText", "CPrefetch"]),
        .target(name: "Detections", dependencies: ["LogFormats", "Truth", "TailnetModel", "SimTime", "ByteText"]),
        .target(
            name: "Scoring",
            dependencies: ["Truth", "Compression", "TailnetModel", "SystemFiles", "SimTime", "ByteText"]),

        // 8: records as text, their delivery, their statistics.
        .target(
            name: "Generation",
            dependencies: [
                "LogFormats", "Simulation", "ScenarioSpec", "Truth", "TailnetModel", "SimTime", "ByteText",
            ]),
        .target(
            name: "Delivery",
            dependencies: [
                "Compression", "SystemFiles", "SimTime", "ByteText", external("NIOCore", "swift-nio"),
                external("NIOPosix", "swift-nio"), external("NIOSSL", "swift-nio-ssl", with: "TLS"),
                external("NIOTLS", "swift-nio", with: "TLS"),
            ]),
        .target(
            name: "ControlAPI",
            dependencies: [
                "Simulation", "ScenarioSpec", "TailnetModel", "SimTime", "KeyedRandom", "ByteText",
            ]),
        .target(
            name: "LogStatistics",
            dependencies: [
                "LogFormats", "Compression", "TailnetModel", "SystemFiles", "SimTime", "ByteText",
            ]),

        // 9: folders, and the ground of our servers.
        .target(
            name: "Dataset",
            dependencies: [
                "ControlAPI", "Generation", "Scoring", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog",
                "Truth", "Compression", "TailnetModel", "SystemFiles", "SimTime", "KeyedRandom", "ByteText",
                "CSHA256",
            ]),
        .target(
            name: "HTTPService",
            dependencies: [
                "Compression", "ByteText", external("NIOCore", "swift-nio"), external("NIOHTTP1", "swift-nio"),
                external("NIOPosix", "swift-nio"),
            ]),

        // 10: runs.
        .target(
            name: "Replay",
            dependencies: [
                "Dataset", "Delivery", "Generation", "Scoring", "LogFormats", "Truth", "TailnetModel", "SimTime",
                "KeyedRandom", "ByteText", external("Histogram", "hdrhistogram-swift"),
                external("NIOCore", "swift-nio"),
            ]),
        .target(name: "LiveScore", dependencies: ["Scoring", "Truth", "TailnetModel", "SimTime", "ByteText"]),
        .target(
            name: "Ingester",
            dependencies: [
                "LiveScore", "HTTPService", "Scoring", "Detections", "LogFormats", "Truth", "TailnetModel",
                "SystemFiles", "SimTime", "ByteText", external("NIOCore", "swift-nio"),
                external("NIOHTTP1", "swift-nio"),
            ]),
        .target(
            name: "MocktailFixtures",
            dependencies: [
                "Dataset", "Generation", "Scoring", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog",
                "Truth", "TailnetModel", "SimTime",
            ]),

        // 11: the program.
        .target(
            name: "Commands",
            dependencies: [
                "Ingester", "LiveScore", "Replay", "Dataset", "LogStatistics", "Delivery", "Generation", "Scoring",
                "Detections", "Simulation", "ScenarioSpec", "IncidentCatalog", "TailnetPolicy", "Truth",
                "Compression", "TailnetModel", "SystemFiles", "SimTime", "ByteText",
                external("ArgumentParser", "swift-argument-parser"), external("NIOCore", "swift-nio"),
            ]),
        .executableTarget(name: "mocktail", dependencies: ["Commands"]),
        .executableTarget(
            name: "byte-check",
            dependencies: [
                "Dataset", "Generation", "Simulation", "ScenarioSpec", "SystemFiles", "SimTime",
            ]),
        .executableTarget(
            name: "bench",
            dependencies: [
                "Generation", "Simulation", "LogFormats", "ScenarioSpec", "TailnetPolicy", "TailnetModel",
                "Compression", "SystemFiles", "SimTime",
            ],
            path: "Benchmarks"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Dataset", "ControlAPI", "Generation", "Scoring", "Simulation", "ScenarioSpec", "IncidentCatalog",
                "TailnetPolicy", "BundledScenarios", "Truth", "Compression", "TailnetModel", "SystemFiles", "SimTime",
                "KeyedRandom", "ByteText", external("NIOCore", "swift-nio"), external("NIOPosix", "swift-nio"),
            ]),

        // Tests mirror the sources one to one; ArchitectureTests compares them with this list.
        .target(name: "TestSupport", dependencies: ["SimTime"], path: "Tests/TestSupport"),
        .testTarget(name: "TruthTests", dependencies: ["TestSupport", "Truth", "TailnetModel", "SimTime", "ByteText"]),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "ByteTextTests", dependencies: ["ByteText"]),
        .testTarget(name: "CommandsTests", dependencies: ["mocktail"]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression"]),
        .testTarget(
            name: "ControlAPITests",
            dependencies: [
                "ControlAPI", "Simulation", "ScenarioSpec", "TailnetModel", "SimTime", "ByteText",
            ]),
        .testTarget(
            name: "DatasetTests",
            dependencies: [
                "TestSupport", "Dataset", "Generation", "LogFormats", "Simulation", "ScenarioSpec",
                "IncidentCatalog", "Truth", "Compression", "TailnetModel", "SimTime", "ByteText", "CSHA256",
            ]),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "Delivery", "Compression", "SimTime", external("NIOCore", "swift-nio"),
                external("NIOHTTP1", "swift-nio"), external("NIOPosix", "swift-nio"),
                external("NIOSSL", "swift-nio-ssl", with: "TLS"),
            ]),
        .testTarget(name: "DetectionsTests", dependencies: ["TestSupport", "Detections", "Truth", "SimTime"]),
        .testTarget(
            name: "GenerationTests",
            dependencies: [
                "Generation", "LogFormats", "Simulation", "ScenarioSpec", "Truth", "TailnetModel", "SimTime",
            ]),
        .testTarget(
            name: "IngesterTests",
            dependencies: [
                "TestSupport", "Ingester", "LiveScore", "HTTPService", "Scoring", "Detections", "Truth",
                "Compression", "TailnetModel", "SystemFiles", "SimTime", "ByteText", external("NIOCore", "swift-nio"),
                external("NIOPosix", "swift-nio"),
            ]),
        .testTarget(name: "KeyedRandomTests", dependencies: ["KeyedRandom"]),
        .testTarget(
            name: "LiveScoreTests",
            dependencies: [
                "TestSupport", "LiveScore", "Scoring", "Truth", "SimTime", "ByteText",
            ]),
        .testTarget(name: "LogFormatsTests", dependencies: ["LogFormats", "TailnetModel", "SimTime"]),
        .testTarget(
            name: "LogStatisticsTests",
            dependencies: [
                "LogStatistics", "Generation", "LogFormats", "Simulation", "ScenarioSpec", "TailnetModel", "SimTime",
                "KeyedRandom",
            ]),
        .testTarget(
            name: "MocktailFixturesTests",
            dependencies: [
                "MocktailFixtures", "Scoring", "Truth", "TailnetModel", "SimTime",
            ]),
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "TestSupport", "Ingester", "LiveScore", "Replay", "Dataset", "Delivery", "Generation", "Scoring",
                "Detections", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog", "Truth", "TailnetModel",
                "SimTime", external("NIOCore", "swift-nio"),
            ]),
        .testTarget(
            name: "ScenarioSpecTests",
            dependencies: [
                "ScenarioSpec", "IncidentCatalog", "TailnetControl", "TailnetPolicy", "Truth", "TailnetModel",
                "SimTime", "ByteText",
            ]),
        .testTarget(
            name: "ScoringTests",
            dependencies: [
                "TestSupport", "Scoring", "Truth", "Compression", "TailnetModel", "SimTime", "ByteText",
            ]),
        .testTarget(name: "SimTimeTests", dependencies: ["SimTime"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Generation", "LogFormats", "Simulation", "ScenarioSpec", "IncidentCatalog", "TailnetControl",
                "TailnetPolicy", "Truth", "TailnetModel", "SimTime", "KeyedRandom",
            ]),
        .testTarget(name: "SystemFilesTests", dependencies: ["TestSupport", "SystemFiles"]),
        .testTarget(name: "TailnetModelTests", dependencies: ["TailnetModel", "SimTime"]),
        .testTarget(
            name: "TailnetControlTests",
            dependencies: [
                "TailnetControl", "TailnetModel", "SimTime", "KeyedRandom",
            ]),
        .testTarget(
            name: "TailnetPolicyTests",
            dependencies: [
                "TailnetPolicy", "TailnetModel", "SimTime", "ByteText",
            ]),
    ]
)

// What `swift package generate-documentation` needs; other builds do not fetch it.
if Context.environment["MOCKTAIL_DOCC"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
    let isProduct = target.type != .test && !["TestSupport", "CPrefetch", "bench"].contains(target.name)
    // Every use of raw memory is marked with `unsafe`; tests may use it as they like.
    if isProduct { target.swiftSettings?.append(.strictMemorySafety()) }
}
