namespace RnnGen.Samples.CharRnn;

/// <summary>
/// The characters that a network knows, as classes. A network's size is a constant: if a text has more characters, the rarest share one class, which is shown
/// as <see cref="Rare"/>; if it has fewer, some classes stay unused.
/// </summary>
internal sealed class Alphabet
{
    /// <summary>Classes; tinyshakespeare has as many characters.</summary>
    public const int Size = 65;

    /// <summary>Shown for the characters that share a class.</summary>
    public const char Rare = '\uFFFD';

    private readonly char[] _characters;
    private readonly Dictionary<char, int> _classes = [];

    private Alphabet(char[] characters)
    {
        _characters = characters;
        for (int i = 0; i < characters.Length; i++)
            _classes[characters[i]] = i;
    }

    /// <summary>The most frequent characters of a text, sorted; among equally frequent ones, the smallest.</summary>
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

    // If no class is shared, the last one does not occur in the text.
    private int ClassOf(char character) => _classes.TryGetValue(character, out int known) ? known : _classes.GetValueOrDefault(Rare, Size - 1);
}
