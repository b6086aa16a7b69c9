namespace RnnGen.Benchmarks.Networks;

/// <summary>Which networks are a row of which table.</summary>
internal static class NetworkLists
{
    public static IReadOnlyList<NetworkEntry> Steps { get; } =
    [
        NetworkEntry.Of<Lstm1To8>(), NetworkEntry.Of<Lstm1To16>(), NetworkEntry.Of<Lstm1To20>(), NetworkEntry.Of<Lstm1To32>(),
        NetworkEntry.Of<Lstm1To40>(), NetworkEntry.Of<Lstm1To64>(), NetworkEntry.Of<Lstm40To64>(), NetworkEntry.Of<Lstm64To64>(),
        NetworkEntry.Of<Lstm64To128>(), NetworkEntry.Of<Lstm128To128>(), NetworkEntry.Of<Lstm128To256>(), NetworkEntry.Of<Lstm256To256>(),
        NetworkEntry.Of<Gru1To8>(), NetworkEntry.Of<Gru1To16>(), NetworkEntry.Of<Gru1To20>(), NetworkEntry.Of<Gru1To32>(), NetworkEntry.Of<Gru1To40>(),
        NetworkEntry.Of<Gru1To64>(), NetworkEntry.Of<Gru40To64>(), NetworkEntry.Of<Gru64To64>(), NetworkEntry.Of<Gru64To128>(),
        NetworkEntry.Of<Gru128To128>(), NetworkEntry.Of<Gru128To256>(), NetworkEntry.Of<Gru256To256>(),
        NetworkEntry.Of<Rnn1To8>(), NetworkEntry.Of<Rnn1To16>(), NetworkEntry.Of<Rnn1To20>(), NetworkEntry.Of<Rnn1To32>(), NetworkEntry.Of<Rnn1To40>(),
        NetworkEntry.Of<Rnn1To64>(), NetworkEntry.Of<Rnn40To64>(), NetworkEntry.Of<Rnn64To64>(), NetworkEntry.Of<Rnn64To128>(),
        NetworkEntry.Of<Rnn128To128>(), NetworkEntry.Of<Rnn128To256>(), NetworkEntry.Of<Rnn256To256>(),
    ];

    public static IReadOnlyList<NetworkEntry> Sequences { get; } =
    [
        NetworkEntry.Of<Lstm64To64>(), NetworkEntry.Of<Lstm64To128>(), NetworkEntry.Of<Lstm64To256>(), NetworkEntry.Of<Lstm64To512>(),
        NetworkEntry.Of<Gru64To128>(), NetworkEntry.Of<Rnn64To128>(),
    ];

    public static IReadOnlyList<NetworkEntry> Training { get; } =
    [
        NetworkEntry.Of<Lstm64To64>(), NetworkEntry.Of<Lstm64To128>(), NetworkEntry.Of<Lstm64To256>(), NetworkEntry.Of<Lstm64To512>(),
        NetworkEntry.Of<Gru64To64>(), NetworkEntry.Of<Gru64To128>(), NetworkEntry.Of<Rnn64To64>(), NetworkEntry.Of<Rnn64To128>(),
    ];

    public static IReadOnlyList<StreamsEntry> Streams { get; } =
    [
        StreamsEntry.Of<Lstm1To16, Lstm1To16.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
        StreamsEntry.Of<Lstm1To32, Lstm1To32.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
        StreamsEntry.Of<Lstm1To64, Lstm1To64.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
        StreamsEntry.Of<Lstm64To64, Lstm64To64.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
        StreamsEntry.Of<Lstm64To128, Lstm64To128.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
        StreamsEntry.Of<Lstm128To128, Lstm128To128.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
        StreamsEntry.Of<Lstm256To256, Lstm256To256.State>(static (network, streams, input, output) => network.Step(streams, input, output)),
    ];

    public static IReadOnlyList<PrecisionEntry> Precisions =>
    [
        PrecisionEntry.Of<Lstm40To64, Lstm40To64Half, Lstm40To64Bytes>(),
        PrecisionEntry.Of<Lstm64To64, Lstm64To64Half, Lstm64To64Bytes>(),
        PrecisionEntry.Of<Lstm64To128, Lstm64To128Half, Lstm64To128Bytes>(),
        PrecisionEntry.Of<Lstm128To128, Lstm128To128Half, Lstm128To128Bytes>(),
        PrecisionEntry.Of<Lstm128To256, Lstm128To256Half, Lstm128To256Bytes>(),
        PrecisionEntry.Of<Lstm256To256, Lstm256To256Half, Lstm256To256Bytes>(),
        PrecisionEntry.Of<Gru64To64, Gru64To64Half, Gru64To64Bytes>(),
        PrecisionEntry.Of<Gru128To128, Gru128To128Half, Gru128To128Bytes>(),
        PrecisionEntry.Of<Gru256To256, Gru256To256Half, Gru256To256Bytes>(),
        PrecisionEntry.Of<Rnn64To64, Rnn64To64Half, Rnn64To64Bytes>(),
        PrecisionEntry.Of<Rnn128To128, Rnn128To128Half, Rnn128To128Bytes>(),
        PrecisionEntry.Of<Rnn256To256, Rnn256To256Half, Rnn256To256Bytes>(),
    ];

    public static IReadOnlyList<DeterminismEntry> Determinism =>
    [
        DeterminismEntry.Of<Lstm1To16, Lstm1To16Same>(),
        DeterminismEntry.Of<Lstm64To64, Lstm64To64Same>(),
        DeterminismEntry.Of<Lstm128To128, Lstm128To128Same>(),
        DeterminismEntry.Of<Gru64To64, Gru64To64Same>(),
        DeterminismEntry.Of<Lstm64To64Half, Lstm64To64HalfSame>("bfloat16"),
        DeterminismEntry.Of<Lstm64To64Bytes, Lstm64To64BytesSame>("int8"),
    ];
}
