// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "mocktail", path: "..")],
    targets: [
        .executableTarget(
            name: "bench", dependencies: [.product(name: "MocktailEngine", package: "mocktail")],
            swiftSettings: settings),
    ]
)
