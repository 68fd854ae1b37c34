/// The tool's version.
public enum Version {
    /// Any change of a fingerprint raises it: scenario, seed and version name the bytes.
    public static let current = "0.3.0"
}
