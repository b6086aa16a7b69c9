namespace RnnGen.Generator.Cells.Own;

/// <summary>The kinds of <see cref="CellNode"/>. Their names stand in the metadata of assemblies: renaming one is a new <see cref="CellText.Version"/>.</summary>
internal enum NodeKind
{
    /// <summary>A whole cell: constructor, options, methods.</summary>
    Cell,

    /// <summary>The constructor: parameters, the arguments of the base, the body.</summary>
    Constructor,

    /// <summary>An option of the cell and, where it has one, its first value.</summary>
    Option,

    /// <summary>A method: parameters, then its body.</summary>
    Method,

    /// <summary>A parameter, by name.</summary>
    Parameter,

    /// <summary>Statements in order.</summary>
    Block,

    /// <summary>Declares a variable; its child is its first value.</summary>
    Local,

    /// <summary>Sets a variable.</summary>
    Set,

    /// <summary>Sets an element: array, index, value.</summary>
    SetItem,

    /// <summary>Sets an option, in a constructor.</summary>
    SetOption,

    /// <summary>Sets variables from the elements of an array: their declarations, then the array.</summary>
    Deconstruct,

    /// <summary>Adds to a variable and gives its value before.</summary>
    Increment,

    /// <summary>Condition, one statement, and maybe another.</summary>
    If,

    /// <summary>First statement, condition, last statement, body.</summary>
    For,

    /// <summary>Condition, body.</summary>
    While,

    /// <summary>Body, condition.</summary>
    Do,

    /// <summary>Collection, body; the text is the variable.</summary>
    ForEach,

    /// <summary>Value, then cases.</summary>
    Switch,

    /// <summary>A pattern and what is done; a condition in between where it has one.</summary>
    Case,

    /// <summary>Ends a method; its child is its value.</summary>
    Return,

    /// <summary>Leaves a loop or a switch.</summary>
    Break,

    /// <summary>Goes to the next turn of a loop.</summary>
    Continue,

    /// <summary>The author refuses the options; its child is the message.</summary>
    Throw,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A 64-bit whole number.</summary>
    Long,

    /// <summary>A number of single precision.</summary>
    Float,

    /// <summary>A number of double precision.</summary>
    Double,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Text.</summary>
    String,

    /// <summary>A member of an enumeration.</summary>
    Enum,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A variable or a parameter.</summary>
    Name,

    /// <summary>An option of the cell, or a parameter of its constructor.</summary>
    Get,

    /// <summary>An option that all recurrent layers have.</summary>
    GetBase,

    /// <summary>A number as a vector.</summary>
    Vector,

    /// <summary>A number as another type of number.</summary>
    Convert,

    /// <summary>The size of a vector.</summary>
    Size,

    /// <summary>The length of an array.</summary>
    Length,

    /// <summary>An element: array or vector, index.</summary>
    Item,

    /// <summary>An array of values.</summary>
    Array,

    /// <summary>An array of so many elements.</summary>
    NewArray,

    /// <summary>A call to a method of the definition.</summary>
    Call,

    /// <summary>A word of the vocabulary: <c>Gate</c>, <c>Sigmoid</c>.</summary>
    Word,

    /// <summary>A function of numbers, from <c>System.Math</c>.</summary>
    Math,

    /// <summary>An operator of one value.</summary>
    Unary,

    /// <summary>An operator of two values.</summary>
    Binary,

    /// <summary>Condition, one value, another.</summary>
    Choose,

    /// <summary>A value, or another where it is nothing.</summary>
    Coalesce,

    /// <summary>Value, then cases whose last child is a value.</summary>
    SwitchValue,

    /// <summary>Whether a value has a pattern.</summary>
    Is,

    /// <summary>A pattern: anything.</summary>
    Any,

    /// <summary>A pattern: a constant.</summary>
    Equal,

    /// <summary>A pattern: a comparison with a constant.</summary>
    Compare,

    /// <summary>A pattern: not another one.</summary>
    Not,

    /// <summary>A pattern: one or the other.</summary>
    Either,

    /// <summary>A pattern: one and the other.</summary>
    Both,

    /// <summary>Text of several parts.</summary>
    Interpolate,
}
