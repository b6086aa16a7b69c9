namespace RnnGen.Generator.Ir;

/// <summary>Names that must differ: each is given once, with a number where it was given before or means something else.</summary>
/// <param name="isTaken">Whether a name means something else.</param>
internal sealed class NameScope(Func<string, bool> isTaken)
{
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<object, string> _things = [];

    /// <summary>The name of a thing: the same at each call, and no other thing's.</summary>
    public string Of(object thing, params string[] words)
    {
        if (!_things.TryGetValue(thing, out string? name))
            _things.Add(thing, name = Take(words));
        return name;
    }

    /// <summary>A name for something, of its words in Pascal case.</summary>
    public string Take(params string[] words)
    {
        string wanted = string.Concat(words.SelectMany(word => Names.Plain(word).Split('.', '-', '_', '/')).Where(word => word.Length > 0).Select(Names.Pascal));
        wanted = char.IsDigit(wanted[0]) ? "Of" + wanted : wanted;
        string name = wanted;
        for (int number = 2; isTaken(name) || _names.Contains(name); number++)
            name = $"{wanted}_{Names.Number(number)}";
        _names.Add(name);
        return name;
    }
}
