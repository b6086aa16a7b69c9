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

    /// <summary>Shapes that makers of hardware publish.</summary>
    public static IReadOnlyList<PrecisionEntry> Published =>
    [
        PrecisionEntry.Of<Lstm2Of128, Lstm2Of128Half, Lstm2Of128Bytes>("LSTM 128, 2 layers"),
        PrecisionEntry.Of<Lstm3Of256, Lstm3Of256Half, Lstm3Of256Bytes>("LSTM 256, 3 layers"),
        PrecisionEntry.Of<Lstm3Of480, Lstm3Of480Half, Lstm3Of480Bytes>("LSTM 480, 3 layers"),
        PrecisionEntry.Of<Lstm6Of320, Lstm6Of320Half, Lstm6Of320Bytes>("LSTM 320, 6 layers"),
    ];

    public static IReadOnlyList<SmallEntry> Small =>
    [
        SmallEntry.Of<Small8, Small8Same, Small8Fast>("LSTM 8"),
        SmallEntry.Of<Small12, Small12Same, Small12Fast>("LSTM 12"),
        SmallEntry.Of<Small16, Small16Same, Small16Fast>("LSTM 16"),
        SmallEntry.Of<Small20, Small20Same, Small20Fast>("LSTM 20"),
        SmallEntry.Of<Small24, Small24Same, Small24Fast>("LSTM 24"),
        SmallEntry.Of<Small32, Small32Same, Small32Fast>("LSTM 32"),
        SmallEntry.Of<Small40, Small40Same, Small40Fast>("LSTM 40"),
        SmallEntry.Of<Small12Twice, Small12TwiceSame, Small12TwiceFast>("LSTM 12, twice"),
        SmallEntry.Of<Small16Twice, Small16TwiceSame, Small16TwiceFast>("LSTM 16, twice"),
        SmallEntry.Of<Small4>("LSTM 4"),
        SmallEntry.Of<Small6>("LSTM 6"),
        SmallEntry.Of<Small10>("LSTM 10"),
        SmallEntry.Of<Small28>("LSTM 28"),
        SmallEntry.Of<Small48>("LSTM 48"),
        SmallEntry.Of<Small80>("LSTM 80"),
        SmallEntry.Of<Small96>("LSTM 96"),
        SmallEntry.Of<Small100>("LSTM 100"),
        SmallEntry.Of<Small8Thrice>("LSTM 8, three times"),
        SmallEntry.Of<Small16By4>("LSTM 16, 4 in, 4 out"),
        SmallEntry.Of<Small16By8>("LSTM 16, 8 in, 8 out"),
        SmallEntry.Of<Small16Skip>("LSTM 16, skip"),
        SmallEntry.Of<SmallGru16>("GRU 16"),
        SmallEntry.Of<SmallGru20>("GRU 20"),
        SmallEntry.Of<SmallGru32>("GRU 32"),
        SmallEntry.Of<SmallGru40>("GRU 40"),
        SmallEntry.Of<SmallGru64>("GRU 64"),
        SmallEntry.Of<SmallRnn16>("RNN 16"),
        SmallEntry.Of<SmallRnn20>("RNN 20"),
        SmallEntry.Of<SmallRnn32>("RNN 32"),
        SmallEntry.Of<SmallRnn40>("RNN 40"),
        SmallEntry.Of<SmallRnn64>("RNN 64"),
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
