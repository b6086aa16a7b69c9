namespace RnnGen.Samples.CharRnn;

/// <summary>
/// The characters that a network knows, as classes. A network's size is a constant: a text of more characters has the rarest of them in one class, which reads
/// as <see cref="Rare"/>; with fewer, some classes never come.
/// </summary>
internal sealed class Alphabet
{
    /// <summary>Classes; tinyshakespeare has as many characters.</summary>
    public const int Size = 65;

    /// <summary>What stands for the characters that share a class.</summary>
    public const char Rare = '\uFFFD';

    private readonly char[] _characters;
    private readonly Dictionary<char, int> _classes = [];

    private Alphabet(char[] characters)
    {
        _characters = characters;
        for (int i = 0; i < characters.Length; i++)
            _classes[characters[i]] = i;
    }

    /// <summary>The characters of a text, in their own order, of equally frequent ones the first.</summary>
    public static Alphabet Of(string text)
    {
        char[] byCount = [.. text.CountBy(character => character).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key)];
        char[] characters = byCount.Length <= Size ? byCount : [.. byCount[..(Size - 1)], Rare];
        Array.Sort(characters);
        return new Alphabet(characters);
    }

    /// <summary>Each character's class.</summary>
    public int[] Encode(string text) => [.. text.Select(character => ClassOf(character))];

    /// <summary>Whether a character has a class of its own.</summary>
    public bool Has(char character) => _classes.ContainsKey(character);

    /// <summary>The character of a class.</summary>
    public char this[int index] => index < _characters.Length ? _characters[index] : Rare;

    // Where no class is shared, the last one never came in the text.
    private int ClassOf(char character) => _classes.TryGetValue(character, out int known) ? known : _classes.GetValueOrDefault(Rare, Size - 1);
}
