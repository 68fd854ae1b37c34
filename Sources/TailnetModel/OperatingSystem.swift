/// An operating system, by the name that clients report.
public enum OperatingSystem: String, Sendable, Hashable, CaseIterable {
    case linux
    case macOS
    case windows
    case iOS
    case android
    case freebsd
    case tvOS
}
