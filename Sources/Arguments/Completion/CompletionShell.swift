/// A shell that command lines are completed in.
///
/// Its script asks the program itself what can stand at the cursor, so that it stays right when the
/// program is another version.
package enum CompletionShell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  package var script: String {
    switch self {
    case .bash: Self.bashScript
    case .zsh: Self.zshScript
    case .fish: Self.fishScript
    }
  }

  private static let bashScript = #"""
    # Completion of dpo-prep in bash, made by `dpo-prep completions bash`.
    _dpo_prep() {
      local current= glued= word kind prefix text help cut=
      local -a words=()
      # Bash parts words at "=" and ":"; what was typed without a space between is one word.
      for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ -z $word && ${COMP_LINE:COMP_POINT-1:1} == ' ' ]]; then glued=; fi
        if [[ ${#words[@]} -gt 0 && ( -n $glued || $word == [=:]* ) ]]; then
          words[-1]+=$word
        else
          words+=("$word")
        fi
        if [[ $word == *[=:] ]]; then glued=1; else glued=; fi
      done
      current=${words[-1]-}
      # Of a word in quotes bash replaces all, and closes the quotes itself.
      case $current in
        [\'\"]*) cut=quoted ;;
      esac
      current=${current//[\'\"]/}
      if [[ ${#words[@]} -gt 0 ]]; then words[-1]=$current; fi
      COMPREPLY=()
      {
        IFS=$'\t' read -r kind prefix
        # Of a word with "=" or ":" bash replaces only what is behind the last of them.
        if [[ $cut == quoted ]]; then
          cut=
        elif [[ $COMP_WORDBREAKS == *=* ]]; then
          cut=${current%"${current##*[=:]}"}
        fi
        while IFS=$'\t' read -r text help; do
          if [[ $prefix$text != "$current"* ]]; then continue; fi
          text=$prefix$text
          text=${text#"$cut"}
          # A word that is not alone is followed by no quote and no space.
          if [[ $kind == parts ]]; then COMPREPLY+=("$text," "$text]"); else COMPREPLY+=("$text"); fi
        done
      } < <("${1/#\~/$HOME}" completions bash -- "${words[@]}" 2>/dev/null)
      if [[ ${#COMPREPLY[@]} -eq 0 && $prefix == "$cut" ]]; then
        if [[ $kind == files ]]; then compopt -o default -o filenames; fi
        if [[ $kind == folders ]]; then compopt -o dirnames -o filenames; fi
      elif [[ $kind == files || $kind == folders ]]; then
        local flag=-f
        if [[ $kind == folders ]]; then flag=-d; fi
        while IFS= read -r text; do
          if [[ $prefix == "$cut" ]]; then
            compopt -o filenames
          elif [[ -d $text ]]; then
            text+=/
            compopt -o nospace
          fi
          text=$prefix$text
          COMPREPLY+=("${text#"$cut"}")
        done < <(compgen "$flag" -- "${current#"$prefix"}")
      fi
      if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=.] ]]; then compopt -o nospace; fi
    }
    complete -F _dpo_prep dpo-prep

    """#

  private static let zshScript = #"""
    #compdef dpo-prep
    # Completion of dpo-prep in zsh, made by `dpo-prep completions zsh`.
    _dpo_prep() {
      local -a lines whole open
      local line kind prefix text
      lines=("${(@f)$(${~words[1]} completions zsh -- \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
      kind=${lines[1]%%$'\t'*}
      prefix=${lines[1]#*$'\t'}
      if [[ -n $prefix ]]; then compset -P "${(b)prefix}"; fi
      for line in "${(@)lines[2,-1]}"; do
        text="${${line%%$'\t'*}//:/\\:}"
        if [[ $line != *$'\t' ]]; then text+=":${line#*$'\t'}"; fi
        if [[ ${line%%$'\t'*} == *[=.] ]]; then open+=("$text"); else whole+=("$text"); fi
      done
      local found=1
      if [[ $kind == parts ]]; then open+=("${(@)whole}") whole=(); fi
      if (( $#whole )); then _describe -t values value whole && found=0; fi
      if (( $#open )); then _describe -t settings setting open -S '' && found=0; fi
      case $kind in
        files) _files && found=0 ;;
        folders) _files -/ && found=0 ;;
      esac
      return found
    }
    if [[ $funcstack[1] == _dpo_prep ]]; then _dpo_prep "$@"; else compdef _dpo_prep dpo-prep; fi

    """#

  private static let fishScript = #"""
    # Completion of dpo-prep in fish, made by `dpo-prep completions fish`.
    function __dpo_prep_complete
        set -l words (commandline -opc)
        set -l current (commandline -ct)
        # Quotes that are open are the shell's, and so is what is escaped.
        switch "$current"
            case '*"*' "*'*"
                set current (string replace -ra '["\']' '' -- "$current")
            case '*\\\\*'
                set current (string unescape -- "$current")
        end
        set -l program $words[1]
        set -e words[1]
        set -l lines ($program completions fish -- $words "$current" 2>/dev/null)
        set -l kind (string split \t -- $lines[1])
        set -e lines[1]
        for line in $lines
            if test "$kind[1]" = parts
                # Behind a comma and a bracket alone fish leaves no space when there are two of them.
                set -l word (string split \t -- $line)[1]
                echo -- "$kind[2]$word,"
                echo -- "$kind[2]$word]"
            else
                echo -- "$kind[2]$line"
            end
        end
        set -l rest (string sub -s (math (string length -- "$kind[2]") + 1) -- "$current")
        switch "$kind[1]"
            case files
                for path in (__fish_complete_path "$rest")
                    echo -- "$kind[2]$path"
                end
            case folders
                for path in (__fish_complete_directories "$rest")
                    echo -- "$kind[2]$path"
                end
        end
    end
    complete -c dpo-prep -f -a '(__dpo_prep_complete)'

    """#
}
