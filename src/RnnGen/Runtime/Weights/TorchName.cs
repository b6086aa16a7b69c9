namespace RnnGen.Runtime;

/// <summary>
/// The name of a tensor in a <c>state_dict</c>, <c>model.rec.weight_ih_l0_reverse</c>, in its parts. RnnGen.Formats compiles this file too: its package may have
/// another version than the runtime's, so it cannot see what is internal there.
/// </summary>
/// <param name="Path">The module's name in the model: <c>model.rec</c>.</param>
/// <param name="Number">Which layer of the module, from 0.</param>
/// <param name="Own">What RnnGen's layers call the tensor: <c>weight_ih_reverse</c>.</param>
internal sealed record TorchName(string Path, int Number, string Own)
{
    private const string Reverse = "_reverse";
    private static readonly string[] OfRecurrent = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

    /// <summary>The parts of a name; null for another one than <c>Linear</c>, <c>Embedding</c>, <c>LSTM</c> and the like give.</summary>
    public static TorchName? Parse(string name)
    {
        int point = name.LastIndexOf('.');
        string path = point < 0 ? "" : name[..point], last = name[(point + 1)..];
        if (last is "weight" or "bias" || OfRecurrent.Contains(last))
            return new(path, 0, last);
        string reverse = last.EndsWith(Reverse, StringComparison.Ordinal) ? Reverse : "";
        int mark = last.LastIndexOf("_l", StringComparison.Ordinal);
        return mark > 0 && OfRecurrent.Contains(last[..mark]) && Digits(last[(mark + 2)..^reverse.Length]) is { } number ? new(path, number, last[..mark] + reverse) : null;
    }

    /// <summary>Whether a tensor is of a layer of <c>LSTM</c>, <c>GRU</c> or <c>RNN</c>: no parameter of RnnGen's ends like it.</summary>
    public static bool IsOfRecurrent(string name) => Parse(name) is { } parts && !name.EndsWith(parts.Own, StringComparison.Ordinal);

    /// <summary>Which of two modules comes first in a model, by the numbers that <c>Sequential</c> gives: negative, positive, or null where their paths do not say it.</summary>
    public static int? Order(string path, string other)
    {
        string[] names = path.Split('.'), others = other.Split('.');
        int first = 0;
        while (first < names.Length && first < others.Length && names[first] == others[first])
            first++;
        return first < names.Length && first < others.Length && Digits(names[first]) is { } number && Digits(others[first]) is { } than
            ? number.CompareTo(than)
            : null;
    }

    /// <summary>A number of few digits; null for anything else.</summary>
    private static int? Digits(string text)
    {
        if (text.Length is 0 or > 6 || !text.All(char.IsAsciiDigit))
            return null;
        int value = 0;
        foreach (char digit in text)
            value = 10 * value + (digit - '0');
        return value;
    }
}
