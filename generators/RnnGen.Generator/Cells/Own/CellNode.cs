namespace RnnGen.Generator.Cells.Own;

/// <summary>
/// A piece of the code that states a user's equations, before options are known: what <c>Reading</c> makes of the compiler's operations, and what an assembly's
/// metadata holds. <see cref="CellText"/> writes and reads it, <see cref="CellInterpreter"/> executes it.
/// </summary>
/// <param name="kind">What it does.</param>
/// <param name="text">A name or a number, by its kind; mostly empty.</param>
/// <param name="children">What it consists of.</param>
internal sealed class CellNode(NodeKind kind, string text, params IReadOnlyList<CellNode> children)
{
    public NodeKind Kind => kind;

    public string Text => text;

    public IReadOnlyList<CellNode> Children => children;

    /// <summary>Its place in the definition: the number of pieces before it, read from left to right.</summary>
    public int Place { get; private set; }

    /// <summary>How deep it nests: 1 where it consists of nothing.</summary>
    public int Depth => 1 + children.Select(child => child.Depth).DefaultIfEmpty(0).Max();

    /// <summary>The first piece of a kind among its children, or null.</summary>
    public CellNode? Find(NodeKind wanted, string name) => children.FirstOrDefault(child => child.Kind == wanted && child.Text == name);

    /// <summary>How often a variable is used at most where this is executed; in a loop, at least twice.</summary>
    public int Uses(string variable) => kind switch
    {
        NodeKind.Name => text == variable ? 1 : 0,
        NodeKind.If or NodeKind.Choose or NodeKind.Switch or NodeKind.SwitchValue =>
            children[0].Uses(variable) + children.Skip(1).Select(child => child.Uses(variable)).DefaultIfEmpty(0).Max(),
        NodeKind.For or NodeKind.While or NodeKind.Do or NodeKind.ForEach => 2 * children.Sum(child => child.Uses(variable)),
        _ => children.Sum(child => child.Uses(variable)),
    };

    /// <summary>Counts the pieces of a whole definition.</summary>
    public CellNode Number()
    {
        int place = 0;
        Number(ref place);
        return this;
    }

    private void Number(ref int place)
    {
        Place = place++;
        foreach (var child in children)
            child.Number(ref place);
    }
}
