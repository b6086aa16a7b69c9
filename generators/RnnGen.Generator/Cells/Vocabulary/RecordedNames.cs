using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>The names of values: the author's, with a number where they are taken or mean something else.</summary>
internal sealed class RecordedNames
{
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _gradients = [];

    /// <summary>Whether a name can be that of a value: an identifier that is not a word of C#.</summary>
    public static bool IsValid(string name) => SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    /// <summary>Whether a name is a word of C#, which files can have and code cannot.</summary>
    public static bool IsWord(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;

    /// <summary>Takes a name as it is.</summary>
    public void Reserve(string name)
    {
        _taken.Add(name);
        _gradients.Add(Ir.Names.Gradient(name));
    }

    /// <summary>Whether a name is free: no value's, no gradient's.</summary>
    public bool IsFree(string name) => IsValid(name) && !_taken.Contains(name) && !_gradients.Contains(name) && !_taken.Contains(Ir.Names.Gradient(name));

    /// <summary>A free name like the one wanted.</summary>
    public string Take(string wanted)
    {
        // Metadata may hold anything, and no number makes an identifier of what is none.
        string stem = SyntaxFacts.IsValidIdentifier(wanted) ? wanted : "value";
        string name = IsValid(stem) ? stem : stem + "Value";
        for (int number = 2; !IsFree(name); number++)
            name = stem + Ir.Names.Number(number);
        Reserve(name);
        return name;
    }
}
