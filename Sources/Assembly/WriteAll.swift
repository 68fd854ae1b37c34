#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes all bytes to a descriptor; gives the error's number where that fails.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var code: Int32?
    bytes.withUnsafeBytes { raw in
        var rest = raw[...]
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                code = errno
                return
            }
            rest = rest.dropFirst(written)
        }
    }
    return code
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
