/// Names of what is written beside its place until it is whole.
enum SiblingName {
    /// As many bytes as file systems allow in a name.
    static let byteLimit = 255

    /// A name with something before and behind it, at most `byteLimit` bytes long.
    ///
    /// A long name is cut. A number that is made from all of it tells it from others with the same beginning, and is the
    /// same in every process.
    static func make(_ prefix: String, _ name: String, _ suffix: String) -> String {
        let whole = prefix + name + suffix
        if whole.utf8.count <= byteLimit { return whole }
        // FNV-1a.
        var number: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { number = (number ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let mark = "-\(String(number, radix: 16))"
        var free = byteLimit - prefix.utf8.count - mark.utf8.count - suffix.utf8.count
        var start = ""
        for scalar in name.unicodeScalars {
            free -= UTF8.width(scalar)
            if free < 0 { break }
            start.unicodeScalars.append(scalar)
        }
        return prefix + start + mark + suffix
    }
}
