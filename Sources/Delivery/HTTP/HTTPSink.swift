/// A destination that is reached over HTTP.
package protocol HTTPSink: Sink {
    /// The URL, read.
    var address: WebAddress { get }
}

extension HTTPSink {
    package var description: String { address.description }

    package func open(_ options: ShipperOptions) throws(DeliveryError) -> any Carrier {
        try HTTPCarrier(to: address.server, options)
    }
}
