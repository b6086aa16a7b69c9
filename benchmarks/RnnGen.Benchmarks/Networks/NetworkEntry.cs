namespace RnnGen.Benchmarks.Networks;

/// <summary>A row of a table: a network that can be made, whichever class it is.</summary>
/// <param name="Name">Its cell and its sizes, input → hidden.</param>
/// <param name="Create">Makes it, with freshly drawn weights.</param>
internal sealed record NetworkEntry(string Name, Func<Subject> Create)
{
    public static NetworkEntry Of<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => new(NameOf<TNetwork>(), static () => new Subject<TNetwork>());

    /// <summary>As the tables call a class: <c>LSTM 64→128</c>.</summary>
    public static string NameOf<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var recurrent = TNetwork.Layout.Parameters[1];
        string cell = string.Concat(recurrent.Name.TakeWhile(char.IsLetter)).ToUpperInvariant();
        return $"{cell} {TNetwork.InputSize}→{recurrent.Shape[1]}";
    }
}
